export function SystemLine({ text }: { text: string }) {
  return <p className="mx-auto max-w-md py-3 text-center text-[0.875rem] text-muted text-pretty">{text}</p>
}
