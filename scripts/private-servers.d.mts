export const BUCKET: string
export const servicesFolder: string

export type ServerKind = 'redis' | 'postgres' | 'bucket'

export interface Server {
  readonly kind: ServerKind
  readonly pid: number
  readonly port: number
  readonly folder: string
  readonly url: string
}

export function findProgram(name: string): string | null
export function isRunning(pid: number): boolean
export function isAlive(server: Server): Promise<boolean>
export function startServer(kind: ServerKind): Promise<Server>
export function runServer(server: Pick<Server, 'kind' | 'folder' | 'port'>): Promise<Server>
export function killServer(server: Server): Promise<void>
export function removeServer(server: Server): Promise<void>
