"""The numbers Block Kit is held to, and where they are written.

https://docs.slack.dev/reference/block-kit/blocks · …/block-elements · …/composition-objects
https://docs.slack.dev/reference/views/modal-views (modals and the Home tab)
"""

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
SECTION_TEXT = 3000
SECTION_FIELDS = 10
FIELD_TEXT = 2000
HEADER_TEXT = 150
CONTEXT_ELEMENTS = 10
ACTIONS_ELEMENTS = 25
IMAGE_ALT = 2000
LINK = 3000
INPUT_LABEL = 2000
INPUT_HINT = 2000
IDENTIFIER = 255  # block_id, action_id, callback_id, external_id

BUTTON_TEXT = 75
BUTTON_VALUE = 2000
PLACEHOLDER = 150
OPTION_TEXT = 75
OPTION_VALUE = 150
OPTIONS = 100
OPTION_GROUPS = 100
OVERFLOW_OPTIONS = 5  # https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element
CHOICES = 10  # checkboxes and radio buttons
INPUT_LENGTH = 3000
MOST_FILES = 10  # https://docs.slack.dev/reference/block-kit/block-elements/file-input-element
LARGEST_FILE = 10_000_000
CONFIRM_TITLE = 100
CONFIRM_TEXT = 300
CONFIRM_BUTTON = 30

VIEW_TITLE = 24
VIEW_BUTTON = 24
PRIVATE_METADATA = 3000
VIEW_BYTES = 250_000
VIEW_STACK = 3

# Cut, not refused: https://api.slack.com/changelog/2018-04-truncating-really-long-messages
MESSAGE_TEXT = 40_000
UPDATED_TEXT = 4_000  # https://docs.slack.dev/reference/methods/chat.update (msg_too_long)
MARKDOWN_TEXT = 12_000  # https://docs.slack.dev/reference/block-kit/blocks/markdown-block
# All blocks together: refused from about 13,200 characters, blocks counting some themselves; 11,341 in 45
# blocks were refused and 9,597 in 50 were not (https://github.com/slackapi/bolt-js/issues/2509, …/2867).
ALL_BLOCKS_TEXT = 13_200
CHARACTERS_PER_BLOCK = 50
ATTACHMENTS = 100
METADATA_BYTES = 16_000  # about: metadata_too_large
