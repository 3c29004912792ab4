import { type ShowView, say, viewOf } from './view.ts'

/** The address that joins both logins; `linkId` names it, its secret is worked out only now. */
export const showLink: ShowView = async (deps, at) => {
  const { linkId, ...args } = at.args
  return viewOf(deps, at, [say(deps, at, 'link', { ...args, url: deps.linkUrl(String(linkId)) })])
}
