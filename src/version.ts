/** The version of gouji that a record names: the version in package.json, and a test keeps the two equal. */
export const VERSION = '0.2.0'
