import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'

interface LockedPackage {
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')

test('the lock file has the packages of every platform, whatever platform wrote it', () => {
  const packages: Record<string, LockedPackage> = JSON.parse(read('package-lock.json')).packages
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages),
    ),
  )
  expect(missing).toEqual([])
})

test('the readmes name the two commands, and only files that are there', () => {
  for (const name of ['README.md', 'README.zh-CN.md']) {
    const text = read(name)
    expect(text).toContain('npm ci && npm run demo')
    expect(text).toContain('npm ci && npm test')
    const named = [...text.matchAll(/`?((?:src|docs|scripts|workers|bench|samples|test)\/[\w./-]*)/g)].map(
      ([, path]) => path,
    )
    for (const path of named) expect([path, existsSync(new URL(`../${path}`, import.meta.url))]).toEqual([path, true])
  }
})
