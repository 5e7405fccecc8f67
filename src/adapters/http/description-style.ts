/** How the readable page of the API's description looks. */
export const DESCRIPTION_STYLE = `:root { color-scheme: light dark; }
body { max-width: 60rem; margin: 1.5rem auto; padding: 0 1rem; line-height: 1.6;
  font-family: system-ui, 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif; }
.operation { border-top: 1px solid #8886; }
.method { font-weight: bold; }
h3 { margin-bottom: 0; }
h4 { margin: 0.5rem 0 0; }
section p { margin: 0.25rem 0; }
section ul { margin: 0.25rem 0; padding-left: 1.5rem; }
code { overflow-wrap: anywhere; }
`
