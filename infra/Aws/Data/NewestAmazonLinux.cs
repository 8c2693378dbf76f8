using Amazon.CDK.AWS.EC2;
using Amazon.JSII.Runtime.Deputy;
using Constructs;

namespace ServerlessCqrs.Deployment.Data;

/// <summary>
/// Amazon Linux for Graviton, the newest one when an instance is made. The CDK's own would be looked up at every deployment, and a newer image would replace the instance; CloudFormation does not look again at such a reference
/// while the instance stays as it is (https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/844).
/// </summary>
internal sealed class NewestAmazonLinux : DeputyBase, IMachineImage
{
    public IMachineImageConfig GetImage(Construct scope) => new MachineImageConfig
    {
        ImageId = "{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64}}",
        OsType = OperatingSystemType.LINUX,
        UserData = UserData.ForLinux(),
    };
}
