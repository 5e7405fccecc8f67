/** Imports run one way: review, extract → reconcile → report → document; record.ts is known to all; the edge is imported by none. */
const edge = '^(src/adapters|src/(cli|server)\\.ts|workers)'
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'record-imports-nothing-of-ours',
      severity: 'error',
      from: { path: '^src/record\\.ts' },
      to: { path: '^(src|workers)/' },
    },
    {
      name: 'document-knows-no-report',
      severity: 'error',
      from: { path: '^src/document/' },
      to: { path: '^(src/(?!document/|record\\.ts)|workers)' },
    },
    {
      name: 'report-knows-document-only',
      severity: 'error',
      from: { path: '^src/report/' },
      to: { path: '^(src/(?!report/|document/|record\\.ts)|workers)' },
    },
    {
      name: 'reconcile-knows-report-only',
      severity: 'error',
      from: { path: '^src/reconcile/' },
      to: { path: '^(src/(?!reconcile/|report/|record\\.ts)|workers)' },
    },
    {
      name: 'review-knows-the-core-only',
      severity: 'error',
      from: { path: '^src/review/' },
      to: { path: '^(src/(?!review/|reconcile/|report/|document/|record\\.ts)|workers)' },
    },
    {
      name: 'export-knows-the-record-only',
      severity: 'error',
      from: { path: '^src/export/' },
      to: { path: '^(src/(?!export/|record\\.ts)|workers)' },
    },
    { name: 'nobody-imports-the-edge', severity: 'error', from: { path: '^src/', pathNot: edge }, to: { path: edge } },
    {
      name: 'the-core-is-pure',
      comment:
        'No files, processes, network or threads inside the edge; pdf/assets.ts reads what comes with the PDF libraries.',
      severity: 'error',
      from: { path: '^src/(?!adapters/|cli\\.ts|server\\.ts|document/pdf/assets\\.ts)' },
      to: {
        dependencyTypes: ['core'],
        path: '^(node:)?(fs|fs/promises|child_process|net|http|https|os|worker_threads|cluster|dgram|process)$',
      },
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
