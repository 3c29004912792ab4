export declare function payload(): string
export declare function serve(options: { port: number; count(): number; push(index: number): void }): void
