/** Tokens of Identity Center objects, and of what it makes in accounts. */
export const PERMISSION_SET = "aws:ssoadmin/permissionSet:PermissionSet";
export const INLINE_POLICY = "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy";
export const ASSIGNMENT = "aws:ssoadmin/accountAssignment:AccountAssignment";
/** The role that an assignment makes in its account. */
export const RESERVED_ROLE = "sandbox:iam:ReservedRole";
