import { Component, type ReactNode } from 'react'
import { Unreachable } from './unreachable.tsx'

/** A page whose code or sentences did not come: says so in its place instead of taking everything down. */
export class PageBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  static getDerivedStateFromError() {
    return { failed: true }
  }

  override state = { failed: false }

  override render() {
    // What was not loaded once is not asked for again by the browser before a reload.
    return this.state.failed ? <Unreachable onAgain={() => location.reload()} /> : this.props.children
  }
}
