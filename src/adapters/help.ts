/** What `gouji --help` prints. Kept apart so that a run which does not need it does not load it. */
export const HELP = `gouji（勾稽）把政府信息公开工作年度报告读成可以核对、可以追溯的记录。

用法
  gouji extract 路径... [选项]     读出报告，逐份给出记录
  gouji read 路径 [--engine …]     只看读到了什么（段落和表格），用于查找误读的原因

  gouji serve [选项]               启动服务：接收上传、排队读取、保存和提供结果
  gouji worker                     只读取排队中的文件，可在任意多台机器上运行
  gouji ingest 路径... [选项]      批量送入文件，可随时中断，再次运行即从中断处继续
  gouji export [选项]              导出数据，一行一个指标
  gouji fixity                     核对库中每份原件是否完好
  gouji invite [--role 角色]       生成一次性的加入链接（管理员遗失密码时也用它）

路径可以是文件、文件夹（含下级文件夹，按名称排序）或 .zip 压缩包。
可读 PDF、DOCX、HTML、Markdown 和纯文本；文件种类由内容判断，与扩展名无关。

extract 的选项
  --format jsonl|text              jsonl：每行一份记录；text：便于阅读的清单。
                                   输出到终端时默认 text，否则默认 jsonl
  --out 文件夹                     每份记录写成 名称.json，每张表写成 名称.表名.tsv
  --engine pdfium|pdfjs            用哪个引擎读 PDF，默认 pdfium
  --second-reading doubt|always    何时用另一个读取器再读一遍：有疑点时（默认）或每次
  --jobs N                         同时工作的进程数，默认等于处理器核数

serve 的选项（地址、端口、数据库等由环境变量设定，见 .env.example）
  --no-workers                     不在本进程内读取，由 gouji worker 读取
  --inbox 文件夹                   自动收取放入此文件夹的文件

ingest 的选项
  --to 网址 --api-key 密钥         送往正在运行的服务；密钥也可用环境变量 GOUJI_KEY 给出。
                                   不给网址时直接送入本机的库并读取
  --label 文字                     批次名称
  --receipt 文件                   回执另存为此文件

export 的选项
  --format csv|jsonl --out 文件    导出指标；csv 可直接用表格软件打开
  --tables 文件夹                  导出法定表格，每张一个 .tsv
  --organ 机关 --year 年度 --key 指标 --status 状态
                                   只导出符合的；指标可写作 requests.*

invite 的角色：archivist（档案）reviewer（复核）analyst（分析）administrator（管理，默认）

  -h, --help                       显示本说明
  -V, --version                    显示版本

例子
  gouji extract 年报.pdf                       在终端查看一份报告
  gouji extract 年报/ > 记录.jsonl             读整个文件夹，每行一份记录
  gouji extract 年报.zip --out 结果            每份报告一个 .json，表格另存 .tsv
  gouji extract 年报/ | grep needs_review      只看需要人工复核的
  gouji read 年报.pdf                          表格读错了？看看读到的网格
  gouji serve --inbox 扫描件                   启动服务，并收取文件夹中的新文件
  gouji ingest 历年年报/ --label 2015-2024     把十年的年报送入本机的库
  gouji export --out 数据.csv --year 2023      导出 2023 年度的全部指标

退出码
  0  每份文件都有记录，状态是 accepted（通过）或 needs_review（需复核）
  1  至少一份无法读取（failed），原因写在记录里
  2  命令用法有误

────────────────────────────────────────────────────────────────────────────

gouji turns annual reports on government information disclosure into records
whose figures are reconciled and can be traced to where they were printed.

Usage
  gouji extract PATH... [options]  read reports, give one record each
  gouji read PATH [--engine …]     show what was read before any meaning is given

  gouji serve [--no-workers] [--inbox DIR]
                                   the service: uploads, queue, workers, store, API
  gouji worker                     read what is queued; any number, on any machine
  gouji ingest PATH... [--to URL --api-key KEY] [--label TEXT] [--receipt FILE]
                                   send in bulk; run it again to go on where it stopped
  gouji export [--format csv|jsonl --out FILE] [--tables DIR]
               [--organ NAME] [--year YEAR] [--key KEY] [--status STATUS]
                                   one row a fact; the statutory tables as TSV
  gouji fixity                     check every original against its hash
  gouji invite [--role ROLE]       a one-time link that makes a user

A PATH is a file, a folder (walked recursively, sorted by name) or a .zip.
Reads PDF, DOCX, HTML, Markdown and plain text; the kind is told by the bytes.

Options of extract
  --format jsonl|text              one record a line, or a table for people;
                                   text on a terminal, jsonl otherwise
  --out DIR                        write NAME.json a record and NAME.TABLE.tsv a table
  --engine pdfium|pdfjs            the engine that reads PDF (pdfium)
  --second-reading doubt|always    when a second reader reads it again (doubt)
  --jobs N                         worker processes (one a core)

Exit codes: 0 every input gave an accepted or needs_review record; 1 at least one
failed; 2 the command was used wrongly.
`
