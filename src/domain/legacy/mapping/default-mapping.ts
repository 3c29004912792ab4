/** What `--print-mapping` prints: every key with its default, to be edited where the source differs. */
export const DEFAULT_MAPPING_TEXT = `# How the old system's tables are read. Everything below is the default:
# keep the lines that differ in your source, and leave out the rest if you like.
# Try it: npm run import-legacy -- --from <postgres url> --mapping this-file.yaml --check

tables:
  # The people. One row each; rows with the same Telegram id or mail become one user.
  profiles:
    # "name" or "schema.name". Views will do too. Letter case counts.
    table: profiles
    # Our name: the column in your source. Instead of a column's name there may be
    #   null                 your source has nothing of the kind
    #   {constant: value}    the same value for every row
    # except where nothing can stand in for it (needed).
    columns:
      id: id                          # needed: uuid, or text that is a uuid
      telegram_id: telegram_id        # the numeric id, as a whole number or text; no constant
      email: email                    # no constant; of telegram_id and email one is needed
      username: username
      first_name: first_name
      last_name: last_name
      language_code: language_code    # ru, en-GB, …
      active_persona: active_persona  # with whom they talk now
      created_at: created_at
      last_seen_at: last_seen_at

  # What was said.
  chat_messages:
    table: chat_messages
    columns:
      id: id                          # needed: a whole number, later messages have higher ones
      user_id: user_id                # needed: id of the profile
      persona: persona                # see personas below
      role: role                      # needed, see roles below
      content: content                # needed: the text
      created_at: created_at

  # What they have left.
  user_credits:
    table: user_credits
    columns:
      user_id: user_id                # needed: id of the profile
      basic: basic                    # whole numbers
      pro: pro
      cassandra: cassandra
      updated_at: updated_at

# Who said a line: the words of your source, in any letter case. A word may stand in one list only.
# Lines with another word are not moved, and the report lists each of them.
roles:
  user: [user, human]
  assistant: [assistant, bot, ai]

# Words of your source for a companion, as they are written there, and the persona's id
# (the id in personas/*.yaml):
#   personas:
#     "Арина": arina
#     cass_v2: cassandra
# Words that are ids already need no line. Messages with any other word are kept
# under an archived companion of that name.
personas: {}

# The persona's id for whoever has none. null: the first of the catalogue.
default_persona: null

# reachable: the same bot goes on, so whoever talked to it can be written to.
# never_started: a new bot; it may write to nobody before they have written to it.
telegram_reachability: reachable

# In which time zone the times of columns without a time zone are meant.
timezone_of_times: UTC
`
