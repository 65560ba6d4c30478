import type { ResourceRule } from "../rule";
import { isTrue, isSet } from "../values";
import { CLUSTER, CLUSTER_INSTANCE, INSTANCE, PROXY } from "./types";

/** No database has a public address. */
export const rdsNotPublic: ResourceRule = {
  id: "rds-not-public",
  title: "A database has no public address",
  why: "It could be dialled past the tunnel, and every login tried from anywhere",
  severity: "critical",
  level: "mandatory",
  references: ["FSBP RDS.2"],
  fix: "Write publiclyAccessible: false",
  types: [INSTANCE, CLUSTER_INSTANCE],
  check: ({ props }, { report }) => {
    if (isTrue(props["publiclyAccessible"])) report("publiclyAccessible is on");
  },
};

/** No way around the tunnel by the Data API. */
export const rdsHttpEndpoint: ResourceRule = {
  id: "rds-http-endpoint",
  title: "A cluster has no Data API",
  why: "It answers SQL over the public AWS API, past the tunnel, with a login that is no person's",
  severity: "medium",
  level: "advisory",
  references: ["Aurora user guide: Using the Amazon RDS Data API"],
  fix: "Leave enableHttpEndpoint out or write false",
  types: [CLUSTER],
  check: ({ props }, { report }) => {
    if (isTrue(props["enableHttpEndpoint"])) report("enableHttpEndpoint is on");
  },
};

/** A proxy takes no plain connection. */
export const rdsProxyTls: ResourceRule = {
  id: "rds-proxy-tls",
  title: "A database proxy takes TLS only",
  why: "An IAM token sent in clear is a password for fifteen minutes",
  severity: "high",
  level: "mandatory",
  references: ["FSBP RDS.43"],
  fix: "Write requireTls: true",
  types: [PROXY],
  check: ({ props }, { report }) => {
    if (!isTrue(props["requireTls"])) report("requireTls is not on");
  },
};

/** A cluster of several zones writes caCertificateIdentifier, an instance caCertIdentifier. */
const AUTHORITIES = ["caCertIdentifier", "caCertificateIdentifier"] as const;

/** The server certificate comes from an authority that clients still trust; left out, RDS takes its newest default. */
export const rdsCa: ResourceRule = {
  id: "rds-ca",
  title: "A database's certificate comes from an authority that is still valid",
  why: "Certificates of rds-ca-2019 have expired: clients that check them refuse, and the others check nothing",
  severity: "medium",
  level: "mandatory",
  references: ["RDS user guide: Using SSL/TLS to encrypt a connection, certificate authorities"],
  fix: 'Write caCertIdentifier: "rds-ca-rsa2048-g1", or leave it out',
  parameters: {
    authorities: {
      type: "strings",
      default: ["rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1", "rds-ca-ecc384-g1"],
      about: "Certificate authorities that are taken",
    },
  },
  types: [INSTANCE, CLUSTER_INSTANCE, CLUSTER],
  check: ({ props }, { report, part }, { authorities }) => {
    for (const property of AUTHORITIES) {
      part(() => {
        const authority = props[property];
        if (isSet(authority) && !(authorities as readonly unknown[]).includes(authority))
          report(`${property} is no authority in use`);
      });
    }
  },
};
