import { NAME, PEOPLE, type People } from './people.ts'

const LANE_MAX = 1_000_000

/** The limits of both contenders: nobody answers here, so lanes grow. */
export const BENCH_LIMITS = { laneMax: LANE_MAX, noticeQuietSeconds: 60 }

/** The same function with the same arguments as the accept path of Vitte, as a script of pgbench. */
export function acceptScript({ keyId, sealedText }: People): string {
  return `\\set person random(1, ${PEOPLE})
SELECT * FROM accept_message(
  'bench', gen_random_uuid()::text, NULL,
  NULL, 'telegram', :person::text,
  NULL, '${keyId}', NULL,
  gen_random_uuid(), gen_random_uuid(), decode('${sealedText.toString('hex')}', 'hex'),
  'telegram', 'bot', 'text', :person::text, now(),
  'ru', '${NAME}', NULL,
  decode('${'ab'.repeat(32)}', 'hex'), 50, 5, 3, NULL,
  ${LANE_MAX}, ${BENCH_LIMITS.noticeQuietSeconds});
`
}
