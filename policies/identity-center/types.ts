/** Type tokens of Identity Center (`@pulumi/aws`, module ssoadmin). */
export const PERMISSION_SET = "aws:ssoadmin/permissionSet:PermissionSet";
export const INLINE_POLICY = "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy";
export const MANAGED_POLICY = "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment";
export const CUSTOMER_POLICY = "aws:ssoadmin/customerManagedPolicyAttachment:CustomerManagedPolicyAttachment";
export const ASSIGNMENT = "aws:ssoadmin/accountAssignment:AccountAssignment";
export const ATTRIBUTES = "aws:ssoadmin/instanceAccessControlAttributes:InstanceAccessControlAttributes";
