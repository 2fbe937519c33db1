// Where signing in is served, and how it learns the network address of a request.

export const SIGN_IN_PATH = '/sign-in-api'
/** The header in which the server hands on the network address of a request; what a client sends in it is dropped. */
export const ADDRESS_HEADER = 'x-rungs-address'
