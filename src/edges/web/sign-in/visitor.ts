import { type AppContext, type Caller, recogniseCaller } from '#edges/http'

/** Who this browser is signed in as by its cookie; a sign-in replaces that session. */
export async function browserVisitor(c: AppContext): Promise<Caller | null> {
  const caller = await recogniseCaller(c)
  return caller?.proof === 'cookie' ? caller : null
}
