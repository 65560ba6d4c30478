/** Type tokens of what a bastion is started from. */
export const INSTANCES = ["aws:ec2/instance:Instance", "aws:ec2/spotInstanceRequest:SpotInstanceRequest"];
export const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
export const CONFIGURATION = "aws:ec2/launchConfiguration:LaunchConfiguration";
