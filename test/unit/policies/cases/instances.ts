import { gzipSync } from "node:zlib";
import { ec2NoKeypair } from "../../../../policies/bastion/key-pair";
import { ec2NoSecretsUserdata } from "../../../../policies/bastion/user-data";
import { ec2EbsEncrypted } from "../../../../policies/bastion/volumes";
import { UNKNOWN } from "../run-rule";
import type { RuleCases } from "./rule-cases";

const SPOT = "aws:ec2/spotInstanceRequest:SpotInstanceRequest";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const CONFIGURATION = "aws:ec2/launchConfiguration:LaunchConfiguration";
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const BROKEN = Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8]).toString("base64");
const PASSWORD = "userData holds what looks like a password or token";

export const INSTANCE_CASES: readonly RuleCases[] = [
  {
    rule: ec2EbsEncrypted,
    ok: [
      { title: "the root volume", props: { rootBlockDevice: { encrypted: true } } },
      { title: "by its template", props: { launchTemplate: { id: UNKNOWN } } },
      {
        title: "a template",
        type: TEMPLATE,
        props: { blockDeviceMappings: [{ ebs: { encrypted: "true" } }, { virtualName: "ephemeral0" }] },
      },
      { title: "left out, where the account says it", props: {}, settings: { encryptedByDefault: true } },
      { title: "left out in a template, likewise", type: TEMPLATE, props: {}, settings: { encryptedByDefault: true } },
      {
        title: "a device that is taken away",
        type: CONFIGURATION,
        props: { rootBlockDevice: { encrypted: true }, ebsBlockDevices: [{ noDevice: true }] },
      },
    ],
    bad: [
      { title: "missing", props: {}, found: ["rootBlockDevice is missing"] },
      { title: "a spot request without", type: SPOT, props: {}, found: ["rootBlockDevice is missing"] },
      { title: "a template without", type: TEMPLATE, props: {}, found: ["blockDeviceMappings is missing"] },
      { title: "left out in it", props: { rootBlockDevice: {} }, found: ["rootBlockDevice.encrypted is not on"] },
      {
        title: "a second volume",
        props: { rootBlockDevice: { encrypted: true }, ebsBlockDevices: [{ encrypted: true }, { encrypted: false }] },
        found: ["ebsBlockDevices[1].encrypted is not on"],
      },
      {
        title: "a template, off",
        type: TEMPLATE,
        props: { blockDeviceMappings: [{ ebs: { encrypted: "false" } }, { ebs: {} }] },
        found: ["blockDeviceMappings[0].ebs.encrypted is not on", "blockDeviceMappings[1].ebs.encrypted is not on"],
      },
      {
        title: "off, whatever the account says",
        props: { rootBlockDevice: { encrypted: false } },
        settings: { encryptedByDefault: true },
        found: ["rootBlockDevice.encrypted is not on"],
      },
    ],
    unknown: [
      {
        title: "the root volume: the others are decided",
        props: { rootBlockDevice: { encrypted: UNKNOWN }, ebsBlockDevices: [{}] },
        open: ["rootBlockDevice.encrypted"],
        found: ["ebsBlockDevices[0].encrypted is not on"],
      },
      {
        title: "one mapping: the next is decided",
        type: TEMPLATE,
        props: { blockDeviceMappings: [UNKNOWN, { ebs: {} }] },
        open: ["blockDeviceMappings.0"],
        found: ["blockDeviceMappings[1].ebs.encrypted is not on"],
      },
    ],
  },
  {
    rule: ec2NoKeypair,
    ok: [
      { title: "none", props: {} },
      { title: "empty", type: TEMPLATE, props: { keyName: "" } },
    ],
    bad: [
      { title: "a key", props: { keyName: "hunter2" }, found: ["keyName is there"] },
      { title: "of a template", type: TEMPLATE, props: { keyName: "hunter2" }, found: ["keyName is there"] },
      {
        title: "of a launch configuration",
        type: CONFIGURATION,
        props: { keyName: "ops" },
        found: ["keyName is there"],
      },
    ],
    unknown: [{ title: "the key", props: { keyName: UNKNOWN }, open: ["keyName"] }],
  },
  {
    rule: ec2NoSecretsUserdata,
    ok: [
      { title: "none", props: {} },
      { title: "a script", props: { userData: "#!/bin/sh\ndnf -y update\n" } },
      { title: "a password that the script fetches", props: { userData: 'export PGPASSWORD="$(fetch)"' } },
      { title: "a template's script", type: TEMPLATE, props: { userData: base64("PGPASSWORD=$WORD") } },
    ],
    bad: [
      { title: "a password", props: { userData: "export PGPASSWORD=hunter2" }, found: [PASSWORD] },
      {
        title: "a template's, in base64",
        type: TEMPLATE,
        props: { userData: base64("password: hunter2") },
        found: [PASSWORD],
      },
      {
        title: "compressed",
        props: { userDataBase64: gzipSync("--password hunter2").toString("base64") },
        found: ["userDataBase64 holds what looks like a password or token"],
      },
      {
        title: "broken: nobody can read it",
        type: TEMPLATE,
        props: { userData: BROKEN },
        found: ["userData is compressed and cannot be read"],
      },
      {
        title: "a launch configuration's access key",
        type: CONFIGURATION,
        props: { userData: "aws configure set aws_access_key_id AKIAABCDEFGHIJKLMNOP" },
        found: ["userData holds what looks like an access key id"],
      },
    ],
    unknown: [
      {
        title: "one form: the other is decided",
        props: { userData: UNKNOWN, userDataBase64: base64("-----BEGIN OPENSSH PRIVATE KEY-----") },
        open: ["userData"],
        found: ["userDataBase64 holds what looks like a private key"],
      },
    ],
  },
];
