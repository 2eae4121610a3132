"""The blocks of the page of one region: open and late, agreed and lacking, assessed, beside its peers."""

import streamlit as st

from portal import (
    figures,
    findings,
    formats,
    region_drawings,
    region_findings,
    regions,
    register_links,
    texts,
    theme,
)
from portal.ask import Question, about, derive, figure
from portal.block import figure_block
from portal.views import View

PEERS = "kota dengan kota, kabupaten dengan kabupaten pada kedua provinsi"


def numbers(view: View) -> None:
    """Five figures of the region in the period."""
    asked = view.summary()
    figure_block(
        derive(region_findings.numbers, asked),
        asked,
        figure(region_drawings.numbers, asked),
        key="angka",
        unit="laporan (LM, RCO, IAPS)",
        denominator="semua laporan dengan wilayah terlapor ini",
        how_to_read="Masuk dan ditutup dihitung pada rentang; terbuka dan lewat tenggat pada tanggal "
        "yang dipilih. Lewat tenggat hanya memakai jam yang sudah terverifikasi. Tingkat per 100.000 "
        f"selalu 12 bulan terakhir. {texts.NOT_A_RANKING}",
        measures=("masuk", "terbuka"),
    )


def clocks(view: View) -> None:
    """What is late, by which clock, and whose lateness it is."""
    asked = view.stock("tenggat_berjalan")
    figure_block(
        derive(findings.late, asked),
        asked,
        figure(region_drawings.clocks, asked),
        key="tenggat",
        unit="laporan",
        denominator="laporan yang jamnya berjalan",
        measures=("lewat",),
        how_to_read="Setiap jam memiliki penanggung: keterlambatan Ombudsman tidak dibebankan kepada "
        "pemerintah daerah. Jam yang belum dikonfirmasi ditampilkan terpisah dan tidak masuk angka "
        "utama. Jam tanpa kolom tanggal atau tanpa jumlah hari tidak dapat dihitung.",
        columns=(
            "tahap",
            "penanggung",
            "jumlah_hari",
            "satuan",
            "berjalan",
            "lewat",
            "status_verifikasi",
            "dasar_hukum",
        ),
    )


def agreements(view: View) -> None:
    """The three marks of the region, its gap, and who said so."""
    asked = about(
        "tanda_kerja_sama", only={"kode_wilayah": view.wilayah}, per_tanggal=view.chosen.per_tanggal
    )
    gap = about("celah_kerja_sama", only={"kode_wilayah": view.wilayah}, per_tanggal=view.chosen.per_tanggal)
    figure_block(
        derive(region_findings.agreements, asked),
        asked,
        figure(region_drawings.agreements, asked, gap),
        key="kesepakatan",
        unit="keadaan tiap tanda",
        denominator="tiga tanda",
        how_to_read="Payung: Nota Kesepahaman atau Nota Kesepakatan. Pelaksanaan: PKS atau rencana "
        "kerja. Jejaring: narahubung pada OPD. “Belum ada” dinyatakan Ombudsman; “tidak diketahui” "
        "berarti tidak ada sumber. Nota Kesepakatan dengan rencana kerja mungkin tidak memerlukan PKS "
        "(PP 28/2018, Permendagri 22/2020).",
        columns=(
            "tanda",
            "keadaan",
            "sejak",
            "berakhir",
            "celah",
            "alasan_celah",
            "konflik",
            "sumber_judul",
            "sumber_alamat",
        ),
    )
    history = about("riwayat_kerja_sama", wilayah=view.wilayah, per_tanggal=view.chosen.per_tanggal)
    register_links.show("kerja_sama", view.wilayah, history)


def assessment(view: View) -> None:
    """The assessments over the years; schemes are never joined."""
    asked = about("penilaian_wilayah", wilayah=view.wilayah, per_tanggal=view.chosen.per_tanggal)
    figure_block(
        derive(region_findings.assessment, asked),
        asked,
        figure(figures.penilaian, asked),
        key="penilaian",
        nothing="Tidak ditemukan hasil penilaian yang bersumber; ini bukan berarti bukan lokus.",
        example="penilaian",
        unit="nilai 0–100 atau zona, menurut skema tahunnya",
        denominator="tidak berlaku",
        how_to_read="Tiga skema (sampai 2021; 2022–2024; Opini mulai 2025) tidak pernah disambung satu "
        "garis. “Tidak ditemukan”: tidak ada sumber; “bukan lokus”: dinyatakan tidak dinilai; titik "
        "kosong: zona tanpa nilai atau versi sumber lain.",
        columns=(
            "tahun",
            "skema",
            "status_lokus",
            "nilai",
            "zona",
            "kategori",
            "opini",
            "is_versi",
            "keyakinan",
            "sumber_alamat",
        ),
        alt=f"Penilaian {view.name} per tahun",
    )
    register_links.show("penilaian", view.wilayah, asked)


def events(view: View) -> None:
    """What happened between the Ombudsman and the region."""
    asked = view.stock("kegiatan_wilayah")
    figure_block(
        derive(region_findings.events, asked),
        asked,
        figure(region_drawings.events, asked),
        key="kegiatan",
        nothing="Tidak ada kegiatan pada register; ini bukan berarti tidak ada kegiatan.",
        unit="kegiatan tercatat",
        denominator="register kegiatan; belum tentu lengkap",
        how_to_read="Hanya kegiatan yang ditemukan pada sumber terbuka. Tidak tercatat bukan berarti "
        "tidak ada kegiatan.",
        columns=(
            "tanggal",
            "jenis",
            "tempat",
            "pihak_ombudsman",
            "pihak_daerah",
            "pokok_bahasan",
            "tindak_lanjut",
            "sumber_alamat",
        ),
    )
    register_links.show("kegiatan", view.wilayah, asked)


def peers(view: View) -> None:
    """The region beside comparable ones: median and range, nobody named."""
    asked = about(
        "sebanding", wilayah=view.wilayah, per_tanggal=view.chosen.per_tanggal, sejak=view.chosen.sejak
    )
    figure_block(
        derive(region_findings.peers, asked),
        asked,
        lambda: peers_drawn(view, asked),
        key="sebanding",
        unit="menurut ukuran",
        denominator="menurut ukuran; lihat Data & Metode",
        how_to_read=f"Wajik: wilayah ini. Pita: kisaran wilayah sebanding ({PEERS}); garis tegak: "
        f"mediannya. Wilayah lain tidak disebut namanya. {texts.NOT_A_RANKING}",
        measures=("median",),
        example="sebanding",
        nothing="Pembanding tidak ditampilkan: wilayah sejenis terlalu sedikit, atau tidak ada data.",
    )


def peers_drawn(view: View, asked: Question) -> None:
    """The comparison, and below it the sentence that every comparison carries."""
    st.plotly_chart(
        figure(figures.sebanding, asked),
        key="gambar_sebanding",
        config=theme.PLOTLY_CONFIG,
        alt=f"{view.name} di samping median dan kisaran wilayah sebanding",
    )
    st.markdown(f":small[{texts.NOT_A_RANKING}]")


def heading(view: View) -> None:
    """The name of the region and what it is: province, seat, population with year and source."""
    facts = regions.facts(view.wilayah)
    st.title(facts["nama"], anchor=False)
    known = [facts["nama_provinsi"]] if facts["jenis"] != "Provinsi" else []
    known += [f"ibu kota {facts['ibukota']}"] if facts["ibukota"] else []
    known.append(f"{formats.number(facts['penduduk'])} penduduk ({facts['penduduk_tahun']})")
    known.append(f"rentang {view.chosen.period}")
    st.markdown(" · ".join(known))
