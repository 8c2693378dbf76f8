using System.Security.Cryptography;
using System.Text;
using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.IAM;
using Constructs;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Cdk.Data;

/// <param name="System">The system's name; part of the script's paths and units.</param>
/// <param name="Type">A Graviton type: the image is for Arm.</param>
/// <param name="Script">The script's file; it runs after <c>machine.sh</c>.</param>
/// <param name="Values">The values for the script's placeholders between <c>@@</c> and <c>@@</c>.</param>
/// <param name="Needs">The resources that the script uses besides its role and its subnet's route table. The instance
/// starts after them.</param>
/// <param name="IsRouter">Whether it forwards packets of other machines.</param>
public sealed record MachineProps(
    SystemTopology System,
    ISubnet Subnet,
    string Type,
    ISecurityGroup Group,
    Role Role,
    string Script,
    IReadOnlyDictionary<string, string> Values,
    int DiskGigabytes,
    IDependable[] Needs,
    bool DetailedMonitoring = false,
    bool IsRouter = false);

/// <summary>
/// An Amazon Linux instance that configures itself at every boot. CloudFormation waits until its script reports success
/// or failure.
/// <para>
/// A changed script is new user data. CloudFormation then stops and starts the instance, and cloud-init runs the new
/// script (re:Post, "How can I use user data to automatically run a script
/// with every restart of my EC2 Linux instance?"). The instance keeps its volume and its address.
/// </para>
/// </summary>
public sealed class Machine : Construct
{
    /// <summary>The device name on Amazon Linux.</summary>
    private const string RootDisk = "/dev/xvda";

    /// <summary>
    /// EC2 resolves the image when it launches an instance (EC2 User Guide, "Use a Systems Manager parameter instead of
    /// an AMI ID in launch templates"). A newer image does not change the template's text, so CloudFormation never
    /// replaces the instance by itself. Its own <c>{{resolve:ssm}}</c> could.
    /// </summary>
    private const string NewestAmazonLinux =
        "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64";

    private readonly CfnWaitConditionHandle _handle;
    private readonly string _release;

    public Machine(Construct scope, string id, MachineProps props)
        : base(scope, id)
    {
        _release = Release(props);
        // A handle serves one wait condition, once. A changed script therefore needs another handle (CloudFormation
        // User Guide, AWS::CloudFormation::WaitConditionHandle).
        _handle = new CfnWaitConditionHandle(this, $"Signal{_release}");
        var script = props.Values.Append(new("SIGNAL", _handle.Ref))
            .Aggregate(Text(props), (text, value) => text.Replace($"@@{value.Key}@@", value.Value, StringComparison.Ordinal));
        var template = new CfnLaunchTemplate(this, "Template", new CfnLaunchTemplateProps
        {
            LaunchTemplateData = new CfnLaunchTemplate.LaunchTemplateDataProperty
            {
                ImageId = NewestAmazonLinux,
                MetadataOptions = new CfnLaunchTemplate.MetadataOptionsProperty { HttpTokens = "required" },
            },
        });
        var profile = new CfnInstanceProfile(this, "Profile",
            new CfnInstanceProfileProps { Roles = [props.Role.RoleName] });
        Instance = new CfnInstance(this, "Instance", new CfnInstanceProps
        {
            LaunchTemplate = new CfnInstance.LaunchTemplateSpecificationProperty
            {
                LaunchTemplateId = template.Ref,
                Version = template.AttrLatestVersionNumber,
            },
            InstanceType = props.Type,
            SubnetId = props.Subnet.SubnetId,
            SecurityGroupIds = [props.Group.SecurityGroupId],
            IamInstanceProfile = profile.Ref,
            SourceDestCheck = !props.IsRouter,
            EbsOptimized = true,
            Monitoring = props.DetailedMonitoring,
            BlockDeviceMappings = new[]
            {
                new CfnInstance.BlockDeviceMappingProperty
                {
                    DeviceName = RootDisk,
                    Ebs = new CfnInstance.EbsProperty
                    {
                        VolumeType = "gp3",
                        VolumeSize = props.DiskGigabytes,
                        Encrypted = true,
                    },
                },
            },
            UserData = Fn.Base64(AtEveryBoot(script)),
        });
        Amazon.CDK.Tags.Of(Instance).Add("Name", Node.Path);
        Instance.Node.AddDependency([props.Role, props.Subnet.Node.FindChild("RouteTableAssociation"), .. props.Needs]);
    }

    public CfnInstance Instance { get; }

    /// <summary>
    /// Completes when the script has reported success. A failure and its reason end the deployment. A CreationPolicy of
    /// the instance would wait forever, because the script may need resources that are created after the instance, such
    /// as the attachment of a volume.
    /// </summary>
    public CfnWaitCondition ReadyAfter(params IDependable[] needs)
    {
        // The script stops after at most 35 minutes, and signals for up to 5.
        var ready = new CfnWaitCondition(this, $"Ready{_release}",
            new CfnWaitConditionProps { Handle = _handle.Ref, Timeout = "2700", Count = 1 });
        ready.Node.AddDependency([Instance, .. needs]);
        return ready;
    }

    private static string Text(MachineProps props) =>
        EmbeddedText.Read("machine.sh", props.System) + "\n" + EmbeddedText.Read(props.Script, props.System);

    /// <summary>
    /// A new value for each change that makes CloudFormation restart the instance. References to resources have the
    /// same text at every deployment.
    /// </summary>
    private static string Release(MachineProps props)
    {
        var constants = props.Values.Where(value => !Token.IsUnresolved(value.Value))
            .OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => $"{value.Key}={value.Value}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
            [props.Type, Text(props), .. constants]))))[..8];
    }

    private static string AtEveryBoot(string script) =>
        $"""
        Content-Type: multipart/mixed; boundary="//"
        MIME-Version: 1.0

        --//
        Content-Type: text/cloud-config; charset="us-ascii"

        #cloud-config
        cloud_final_modules:
        - [scripts-user, always]

        --//
        Content-Type: text/x-shellscript; charset="us-ascii"

        {script}
        --//--

        """;
}
