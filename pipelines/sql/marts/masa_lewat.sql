-- satu baris per laporan dan masa lewat tenggat (jam angka utama); masa yang bertumpang tindih digabung
with jam_lewat as (
    select
        kasus,
        kode_wilayah,
        lewat_pada as dari,
        coalesce(selesai, date '9999-12-31') as sampai_sebelum,
    from jam
    where angka_utama = 'ya' and lewat_pada is not null and (selesai is null or selesai > lewat_pada)
),

bersambung as (
    select
        *,
        max(sampai_sebelum) over (
            partition by kasus
            order by dari, sampai_sebelum
            rows between unbounded preceding and 1 preceding
        ) as sampai_terdahulu,
    from jam_lewat
),

bernomor as (
    select
        *,
        sum(case when sampai_terdahulu >= dari then 0 else 1 end) over (
            partition by kasus
            order by dari, sampai_sebelum
            rows unbounded preceding
        ) as masa_ke,
    from bersambung
),

digabung as (
    select
        kasus,
        masa_ke,
        max(kode_wilayah) as kode_wilayah,
        min(dari) as dari,
        nullif(max(sampai_sebelum), date '9999-12-31') as sampai_sebelum,
    from bernomor
    group by kasus, masa_ke
)

select * from digabung
