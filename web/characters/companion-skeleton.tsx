export function CompanionSkeleton() {
  return (
    <div className="appears-late mx-auto flex max-w-md flex-col items-center gap-4 px-4 pt-6" aria-busy="true">
      <span className="skeleton size-44 rounded-full" />
      <span className="skeleton h-10 w-40" />
      <span className="skeleton h-4 w-64" />
      <span className="skeleton mt-6 h-32 w-full rounded-3xl" />
      <span className="skeleton h-32 w-full rounded-3xl" />
    </div>
  )
}
