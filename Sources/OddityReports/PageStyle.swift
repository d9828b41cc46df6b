/// How pages look.
enum PageStyle {
    static let rules = """
        :root{\(ChartStyle.light);color-scheme:light dark}
        @media (prefers-color-scheme:dark){:root{\(ChartStyle.dark)}}
        @media print{:root{\(ChartStyle.light);color-scheme:light}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--paper);color:var(--ink);line-height:1.5;font-size:15px;\
        font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Liberation Sans",\
        Arial,sans-serif;font-variant-numeric:tabular-nums;-webkit-text-size-adjust:100%}
        main{max-width:1080px;margin:0 auto;padding:48px 28px 56px}
        h1{font-size:30px;line-height:1.2;font-weight:650;letter-spacing:-.015em;margin:0;\
        overflow-wrap:anywhere}
        h2{font-size:19px;font-weight:620;letter-spacing:-.005em;margin:0 0 14px}
        h3{font-size:15px;font-weight:600;margin:0 0 8px}
        p{margin:0}
        small{display:block;font-size:12.5px;font-weight:400;color:var(--muted)}
        section{margin-top:48px}
        header .kind{font-size:12.5px;font-weight:600;letter-spacing:.08em;\
        text-transform:uppercase;color:var(--blue);margin-bottom:8px}
        header .subtitle{color:var(--muted);margin-top:6px;overflow-wrap:anywhere}
        header .lead{font-size:18px;margin-top:20px;max-width:46em}
        .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(148px,1fr));gap:12px;\
        margin:28px 0 0}
        .cards div{background:var(--panel);border:1px solid var(--line);border-radius:10px;\
        padding:13px 16px 12px}
        .cards dt{font-size:13px;color:var(--muted)}
        .cards dd{margin:0}
        .cards .value{font-size:27px;line-height:1.25;font-weight:620;letter-spacing:-.01em}
        .note{font-size:12.5px;color:var(--muted)}
        p.note{margin-top:10px}
        .pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));\
        gap:32px 36px}
        figure{margin:0;overflow-x:auto}
        .wide .chart{min-width:640px}
        .image{margin:0 0 18px}
        .image img{display:block;max-width:100%;height:auto;border-radius:6px;margin-top:6px}
        .scroll{overflow-x:auto}
        table{border-collapse:collapse;width:100%;font-size:14px}
        th,td{text-align:left;font-weight:400;padding:8px 12px;vertical-align:top}
        tr>th:first-child{padding-left:8px}
        thead th{font-size:12.5px;color:var(--muted);vertical-align:bottom;\
        border-bottom:1px solid var(--gray);white-space:nowrap}
        tbody tr>*{border-bottom:1px solid var(--line)}
        .number{text-align:right}
        td.number{white-space:nowrap}
        .when{white-space:nowrap}
        p+figure,.wide figure+figure{margin-top:24px}
        .point{display:flex;gap:10px;align-items:flex-start;min-width:13em}
        .point .symbol{width:16px;height:16px;flex:none;margin-top:3px}
        tr.own>*{background:var(--panel)}
        tr.own>th,tr.own>td{font-weight:600}
        .rows td,.rows tbody th{padding-top:5px;padding-bottom:5px}
        .rows tbody tr>*{border-bottom:0}
        .rows tbody tr:last-child>*,.rows tbody [rowspan]{border-bottom:1px solid var(--line)}
        .rows tbody th{font-weight:600;overflow-wrap:break-word;min-width:7em;max-width:16em}
        .share{white-space:nowrap;width:170px}
        .bar{display:inline-block;width:96px;height:8px;margin-right:10px;border-radius:2px;\
        background:var(--line);overflow:hidden}
        .bar i{display:block;height:100%;background:var(--blue)}
        .anomaly{color:var(--vermilion);font-weight:600}
        .scroll,.wide figure{background:\
        linear-gradient(to left,var(--paper) 24px,transparent) right/48px 100% no-repeat local,\
        linear-gradient(to left,var(--gray),transparent) right/12px 100% no-repeat scroll}
        @media (max-width:640px){.folds thead{display:none}\
        .folds,.folds tbody,.folds th{display:block}\
        .folds tr{display:flex;flex-wrap:wrap;gap:2px 18px;padding:8px 0}\
        .folds tr>*{border:0!important;padding:0!important;text-align:left;background:none!important}\
        .folds tr>th,.folds .reason{flex:1 1 100%;max-width:none!important}\
        .rows.folds tbody{border-bottom:1px solid var(--line);padding:8px 0}\
        .rows.folds tr{padding:0 0 6px}\
        .folds:not(.rows) tr{border-bottom:1px solid var(--line)}\
        .folds td[data-label]::before{content:attr(data-label) " ";color:var(--muted);\
        font-size:12.5px;font-weight:400}}
        .zoom{margin-top:16px;font-size:13.5px;color:var(--muted)}
        .zoom input{width:min(320px,60%);vertical-align:middle;accent-color:var(--blue)}
        [data-zoom] path,[data-zoom] rect{vector-effect:non-scaling-stroke}
        .image .strip{display:inline-block;max-width:100%}
        .parts{display:grid;grid-auto-flow:column;grid-auto-columns:1fr;margin-top:6px;text-align:center}
        .mover{display:flex;flex-wrap:wrap;gap:10px 16px;align-items:center;margin-top:14px}
        .mover input[type=range]{flex:1 1 220px;min-width:0;accent-color:var(--blue)}
        .mover input[type=number]{width:7em;font:inherit;color:inherit;background:var(--paper);\
        border:1px solid var(--gray);border-radius:6px;padding:3px 8px}
        button{font:inherit;font-size:13.5px;color:inherit;background:var(--panel);\
        border:1px solid var(--gray);border-radius:6px;padding:4px 12px;cursor:pointer}
        button[disabled]{opacity:.45;cursor:default}
        .pager{display:flex;flex-wrap:wrap;gap:8px 12px;align-items:center;margin-top:10px}
        .pager input{width:5em;font:inherit;color:inherit;background:var(--paper);\
        border:1px solid var(--gray);border-radius:6px;padding:3px 8px}
        .kept{overflow-wrap:break-word;min-width:5em;max-width:16em}
        details.closeup{border-top:1px solid var(--line);padding:8px 0}
        details.closeup summary{cursor:pointer;font-size:14px;font-weight:600;overflow-wrap:anywhere}
        [hidden]{display:none!important}
        code{font-size:12.5px;overflow-wrap:anywhere}
        .moved{fill:none;stroke:var(--ink);stroke-width:2.5}
        .card section{margin:0}
        .card h3{padding-bottom:6px;border-bottom:1px solid var(--gray)}
        .card dl{margin:0}
        .card dl div{display:grid;grid-template-columns:minmax(7em,2fr) 3fr;gap:16px;\
        padding:6px 0;border-bottom:1px solid var(--line);font-size:14px}
        .card dt{color:var(--muted);overflow-wrap:anywhere}
        .card dd{margin:0;overflow-wrap:anywhere}
        footer{margin-top:56px;padding-top:14px;border-top:1px solid var(--line);\
        font-size:12.5px;color:var(--muted)}
        @page{margin:15mm}
        @media print{#mover,.zoom,button,.pager label{display:none}.wide .chart{min-width:0}body{font-size:10.5pt}main{max-width:none;padding:0}\
        .cards div,figure,tbody,tr,.card section{break-inside:avoid}h2,h3{break-after:avoid}\
        .pair{grid-template-columns:1fr 1fr;gap:18px}section{margin-top:28px}\
        .cards{grid-template-columns:repeat(6,1fr);gap:8px}.cards div{padding:8px}\
        .cards .value{font-size:19px}table{font-size:9pt}th,td{padding:4px}\
        thead th,td.number,.when,.share{white-space:normal}.bar{width:64px}\
        .scroll{overflow:visible}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
        \(ChartStyle.rules)
        """
}
