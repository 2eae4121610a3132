-- satu baris per selisih antara jumlah harian dan laporan, penutupan atau akses; nol baris bila cocok
with dari_laporan as (
    select
        count(*) filter (where is_laporan) as masuk,
        count(*) filter (where is_laporan and tanggal_tutup is not null) as ditutup,
        count(*) filter (where is_laporan and is_ditutup_tanpa_tanggal) as ditutup_tanpa_tanggal,
        count(*) filter (where is_laporan and not is_ditutup_tanpa_tanggal and tanggal_tutup is null) as terbuka,
        count(tanggal_masuk) as akses,
    from laporan
),

dari_harian as (
    select
        coalesce(sum(masuk), 0) as masuk,
        coalesce(sum(ditutup), 0) as ditutup,
        coalesce(sum(ditutup_tanpa_tanggal), 0) as ditutup_tanpa_tanggal,
        coalesce(sum(terbuka), 0) as terbuka,
        (select coalesce(sum(jumlah), 0) from akses_harian) as akses,
    from harian
),

selisih as (
    select * from dari_laporan
    except
    select * from dari_harian
)

select * from selisih
