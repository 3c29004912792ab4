import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { bareEnvironment } from './environment.ts'

export interface Tool {
  name: string
  /** Names of the program, the usual one first. */
  programs: readonly string[]
  /** Where to look beside PATH. */
  folders?: readonly string[]
  install: string
}

export const REDIS: Tool = {
  name: 'redis-server',
  programs: ['redis-server'],
  install: 'apt-get install redis-server (macOS: brew install redis)',
}

export const CHROMIUM: Tool = {
  name: 'Chromium',
  programs: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  folders: ['/Applications/Chromium.app/Contents/MacOS', '/Applications/Google Chrome.app/Contents/MacOS'],
  install: 'apt-get install chromium (macOS: brew install --cask chromium)',
}

export const NGINX: Tool = {
  name: 'nginx',
  programs: ['nginx'],
  folders: ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin'],
  install: 'apt-get install nginx (macOS: brew install nginx)',
}

/** Path of the program, or null where it is not installed. */
export function findTool({ programs, folders = [] }: Tool): string | null {
  const path = (bareEnvironment().PATH ?? '').split(delimiter)
  return (
    programs.flatMap((program) => [...path, ...folders].map((folder) => join(folder, program))).find(isProgram) ?? null
  )
}

/** @throws with the sentence that says how to install it */
export function requireTool(tool: Tool): string {
  const path = findTool(tool)
  if (path === null) throw new Error(howToInstall(tool))
  return path
}

export function howToInstall({ name, install }: Tool): string {
  return `${name} is needed and was not found. Install it with: ${install}`
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
