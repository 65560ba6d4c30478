/**
 * Days that every log of an environment is kept: more than the year that PCI DSS 10.5.1 and FSBP CloudWatch.16 want, and one of the
 * periods that CloudWatch Logs knows (API reference, PutRetentionPolicy).
 */
export const LOG_RETENTION_DAYS = 400;
