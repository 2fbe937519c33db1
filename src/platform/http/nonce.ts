// The word that the web's build writes where a page's nonce has to stand, and that the server replaces.

export const NONCE_PLACEHOLDER = '__RUNGS_NONCE__'
