/// The style sheet of an account's page. Light or dark as the reader's system is.
enum AccountStyle {
  static let sheet = """
    :root {
      color-scheme: light dark;
      --paper: #fbfaf7; --card: #ffffff; --ink: #1d2329; --quiet: #5b656e; --line: #e2e0d8;
      --keep: #1a7f4b; --keep-wash: #e3f4ea; --drop: #b3402e; --drop-wash: #faece9; --link: #2458a6;
      font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #14171a; --card: #1c2024; --ink: #e4e6e8; --quiet: #98a2ab; --line: #31373d;
        --keep: #52c78a; --keep-wash: #17302380; --drop: #ef8674; --drop-wash: #3a1f1b80;
        --link: #8ab4f8;
      }
    }
    * { box-sizing: border-box; }
    body { margin: 0 auto; padding: 2rem 1.25rem 5rem; max-width: 68rem; background: var(--paper);
      color: var(--ink); overflow-wrap: anywhere; }
    bdi { unicode-bidi: isolate; }
    h1 { margin: 0 0 .6rem; font-size: 1.9rem; line-height: 1.2; letter-spacing: -.015em; }
    h2 { margin: 0 0 .8rem; font-size: 1.15rem; display: flex; flex-wrap: wrap; gap: .6rem;
      align-items: center; }
    p { margin: .3rem 0; }
    a { color: inherit; text-decoration: none; }
    .kicker { margin: 0 0 .3rem; color: var(--quiet); font-size: .8rem; letter-spacing: .08em;
      text-transform: uppercase; }
    .outcome { display: inline-block; margin: 0 0 1rem; padding: .25rem .8rem; border-radius: 1rem;
      font-weight: 600; }
    .badge { padding: .05rem .6rem; border-radius: 1rem; font-size: .8rem; font-weight: 600; }
    .outcome.kept, .badge.kept { color: var(--keep); background: var(--keep-wash); }
    .outcome.dropped, .badge.dropped { color: var(--drop); background: var(--drop-wash); }
    .facts { display: grid; grid-template-columns: fit-content(30%) minmax(0, 1fr); gap: .15rem 1.25rem; margin: 0;
      font-size: .92rem; }
    .facts > div { display: contents; }
    dt { color: var(--quiet); }
    dt, dd, .text, td { overflow-wrap: anywhere; }
    dd { margin: 0; min-width: 0; }
    .missing dd { color: var(--quiet); }
    dd ul { margin: .3rem 0; padding-left: 1.2rem; }
    .note { color: var(--quiet); font-size: .92rem; margin: 0 0 .5rem; }
    nav ol { display: flex; flex-wrap: wrap; gap: .4rem; margin: 1.4rem 0 0; padding: 0;
      list-style: none; font-size: .9rem; }
    nav li { padding: .25rem .75rem; border: 1px solid var(--line); border-radius: .5rem;
      background: var(--card); }
    nav li.kept span { color: var(--keep); }
    nav li.dropped { border-color: var(--drop); }
    nav li.dropped span { color: var(--drop); }
    nav li.unseen { color: var(--quiet); border-style: dashed; background: none; }
    section { margin-top: 1.25rem; padding: 1.1rem 1.35rem; background: var(--card);
      border: 1px solid var(--line); border-radius: .75rem; }
    summary { cursor: pointer; }
    :focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
    pre { margin: .6rem 0 0; white-space: pre-wrap; font: .88rem/1.55 ui-monospace, "DejaVu Sans Mono",
      monospace; }
    .blocks { margin: 1.1rem -1.35rem -1.1rem; border-top: 1px solid var(--line); overflow: hidden;
      border-radius: 0 0 .75rem .75rem; }
    .choice { display: flex; flex-wrap: wrap; gap: .3rem 1.1rem; padding: .6rem 1.35rem;
      color: var(--quiet); font-size: .88rem; border-bottom: 1px solid var(--line); }
    .choice label { cursor: pointer; }
    .choice input { accent-color: var(--keep); vertical-align: -.1em; }
    .blocks:has(.only-kept:checked) .dropped, .blocks:has(.only-dropped:checked) .kept
      { display: none; }
    .block { border-left: 4px solid var(--keep); }
    .block.dropped { border-left-color: var(--drop); }
    .block.kept { background: color-mix(in srgb, var(--keep-wash) calc(var(--score, .6) * 100%),
      var(--card)); }
    .block.dropped { background: color-mix(in srgb, var(--drop-wash) calc((1 - var(--score, .6)) * 100%),
      var(--card)); }
    .block + .block { border-top: 1px solid color-mix(in srgb, var(--line) 60%, transparent); }
    .block > summary { display: grid; grid-template-columns: 5.6rem 3.6rem minmax(0, 1fr); gap: .75rem;
      align-items: baseline; padding: .38rem 1.35rem .38rem 1.1rem; list-style: none; }
    .block:not([style]) > summary { grid-template-columns: 3.6rem minmax(0, 1fr); }
    .block > summary::-webkit-details-marker { display: none; }
    .block > summary:hover, .block[open] > summary
      { background: color-mix(in srgb, var(--ink) 5%, transparent); }
    .score { display: flex; align-items: center; gap: .5rem; font-size: .78rem; color: var(--quiet);
      font-variant-numeric: tabular-nums; }
    .score i { position: relative; flex: 1; height: .5rem; border-radius: .25rem; overflow: hidden;
      background: linear-gradient(var(--keep) 0 0) 0 / calc(var(--score) * 100%) 100% no-repeat,
        color-mix(in srgb, var(--ink) 12%, transparent); }
    .dropped .score i { background: linear-gradient(var(--drop) 0 0) 0 / calc(var(--score) * 100%) 100%
        no-repeat, color-mix(in srgb, var(--ink) 12%, transparent); }
    .score i::after { content: ""; position: absolute; top: 0; bottom: 0; width: 1px;
      left: calc(var(--cut, -1) * 100%); background: var(--ink); }
    .form { color: var(--quiet); font-size: .74rem; }
    .text { white-space: pre-line; min-width: 0; }
    .dropped .text { color: var(--quiet); }
    .text.h1 { font-size: 1.35rem; font-weight: 700; line-height: 1.3; }
    .text.h2 { font-size: 1.18rem; font-weight: 700; line-height: 1.35; }
    .text.h3, .text.h4, .text.h5, .text.h6 { font-weight: 700; }
    .text.item { padding-inline-start: 1.1rem; text-indent: -.9rem; }
    .text.item::before { content: "•"; display: inline-block; width: .9rem; text-indent: 0; }
    .text.quote { padding-inline-start: .8rem; border-inline-start: 3px solid var(--line);
      font-style: italic; }
    .text.code { white-space: pre-wrap; font: .86rem/1.5 ui-monospace, "DejaVu Sans Mono", monospace; }
    .text.row { font-variant-numeric: tabular-nums; padding-inline-start: .8rem;
      border-inline-start: 3px double var(--line); }
    .text.caption { font-size: .9rem; font-style: italic; }
    .why { padding: .2rem 1.35rem 1rem 1.1rem; margin-left: 6.35rem; font-size: .88rem; }
    .place { color: var(--quiet); font-family: ui-monospace, "DejaVu Sans Mono", monospace;
      font-size: .8rem; }
    table { border-collapse: collapse; margin-top: .4rem; }
    th, td { padding: .12rem .9rem .12rem 0; text-align: start; vertical-align: top;
      font-weight: normal; }
    th { color: var(--quiet); white-space: nowrap; }
    .weight { min-width: 8.5rem; white-space: nowrap; font-variant-numeric: tabular-nums; }
    .weight i { display: inline-block; width: 6rem; height: .55rem; margin-right: .6rem;
      background: linear-gradient(90deg, transparent 50%, var(--keep) 50% calc(50% + var(--share) * 50%),
        transparent 0), linear-gradient(var(--line) 0 0) 50% / 1px 100% no-repeat; }
    .weight.against i { background: linear-gradient(270deg, transparent 50%,
        var(--drop) 50% calc(50% + var(--share) * 50%), transparent 0),
        linear-gradient(var(--line) 0 0) 50% / 1px 100% no-repeat; }
    @media (max-width: 40rem) {
      body { padding: 1.1rem .7rem 3rem; }
      h1 { font-size: 1.5rem; }
      section { padding: .9rem .9rem; }
      .facts { grid-template-columns: fit-content(36%) minmax(0, 1fr); gap: .2rem .8rem; }
      .blocks { margin: 1rem -.9rem -.9rem; }
      .choice { padding: .5rem .9rem; }
      .block > summary { grid-template-columns: 4.4rem 1fr; gap: .2rem .75rem; padding: .45rem .9rem; }
      .block > summary .text { grid-column: 1 / -1; }
      .why { margin-left: 0; padding: .2rem .9rem .9rem; }
      tr { display: block; margin-bottom: .4rem; }
      th, td { display: inline; padding-right: .5rem; white-space: normal; }
      .weight { display: block; }
    }
    @media print { .choice { display: none; } body { max-width: none; } }
    """
}
