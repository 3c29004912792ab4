import { Component, type ReactNode } from 'react'
import { Unreachable } from './unreachable.tsx'

interface PageBoundaryProps {
  children: ReactNode
  /** What the page can do without is left out without a word. */
  dispensable?: boolean
}

/** A part whose code or sentences did not come: says so in its place instead of taking everything down. */
export class PageBoundary extends Component<PageBoundaryProps, { failed: boolean }> {
  static getDerivedStateFromError() {
    return { failed: true }
  }

  override state = { failed: false }

  override render() {
    if (!this.state.failed) return this.props.children
    // What was not loaded once is not asked for again by the browser before a reload.
    return this.props.dispensable ? null : <Unreachable onAgain={() => location.reload()} />
  }
}
