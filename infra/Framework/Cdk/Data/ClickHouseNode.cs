using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Route53;
using Amazon.CDK.AWS.S3;
using Amazon.CDK.AWS.SecretsManager;
using Amazon.CDK.AWS.SNS;
using Constructs;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Cdk.Data;

/// <summary>
/// ClickHouse on one Graviton instance, without a way in from the internet. Its data is on a volume that survives the
/// instance, and is backed up to S3 every night. The cheapest network that works: one zone, one instance as
/// the way out.
/// </summary>
public sealed class ClickHouseNode : Construct
{
    /// <summary>
    /// The stable line, the same as local play's (<c>@chdb</c> in package.json): the newest of its releases is
    /// installed.
    /// </summary>
    public const string Version = "26.7";

    private const int HttpPort = 8123;

    /// <param name="first">All else of its stack. Only the node's own script can then fail after the volume is
    /// attached, and that unmounts it before CloudFormation takes it back.</param>
    public ClickHouseNode(Construct scope, SystemTopology system, DeploymentOptions options, ITopic alerts, params IDependable[] first)
        : base(scope, "ClickHouse")
    {
        var zone = $"{system.Name}.internal";
        // The same whatever instance it is, so no other stack knows one.
        var hostName = $"clickhouse.{zone}";
        var vpc = new Vpc(this, "Network", NetworkProps(system.Title, options.Zone));
        var wayOut = new WayOut(this, system, vpc, alerts);
        var password = new Secret(this, "Password", new SecretProps
        {
            Description = $"ClickHouse's password of the user {system.Name}",
            GenerateSecretString = new SecretStringGenerator { PasswordLength = 32, ExcludePunctuation = true },
            RemovalPolicy = options.DataRemoval(),
        });
        var backups = new Bucket(this, "Backups", new BucketProps
        {
            BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
            Encryption = BucketEncryption.S3_MANAGED,
            EnforceSSL = true,
            // A backup that fails leaves uploads that nobody sees and everybody pays for.
            LifecycleRules =
            [
                new LifecycleRule
                {
                    Expiration = Duration.Days(35),
                    AbortIncompleteMultipartUploadAfter = Duration.Days(2),
                },
            ],
            RemovalPolicy = options.DataRemoval(),
        });

        var clients = new SecurityGroup(this, "Clients", new SecurityGroupProps { Vpc = vpc, Description = "May reach ClickHouse" });
        var server = new SecurityGroup(this, "Server", new SecurityGroupProps { Vpc = vpc, Description = "ClickHouse" });
        server.AddIngressRule(clients, Port.Tcp(HttpPort), $"The {system.Name}'s functions");
        var volume = new Volume(this, "Data", new VolumeProps
        {
            AvailabilityZone = vpc.AvailabilityZones[0],
            Size = Size.Gibibytes(100),
            VolumeType = EbsDeviceVolumeType.GP3,
            Encrypted = true,
            RemovalPolicy = options.DataRemoval(),
        });
        var names = new PrivateHostedZone(this, "Names", new PrivateHostedZoneProps { ZoneName = zone, Vpc = vpc });
        var role = RoleOf(password, backups, system.Title);
        var instance = options.Node == NodeState.Running ? Run() : null;

        Access = new EventStoreAccess(
            $"Host={hostName};Port={HttpPort};Username={system.Name};Database={system.Name}",
            password.SecretArn,
            IsReplicated: false,
            new EventStoreNetwork(vpc, clients, instance));
        // The services know all of this for as long as there is a node, whether it runs or not: none of it may go while
        // they do (Exports.cs).
        this.KeepExported(password.SecretArn, vpc.PrivateSubnets[0].SubnetId, clients.SecurityGroupId);

        string Run()
        {
            var machine = new Machine(this, "Node", new MachineProps(
                system,
                vpc.PrivateSubnets[0],
                "t4g.large",
                server,
                role,
                "clickhouse-node.sh",
                ValuesOf(system, volume, password, backups),
                DiskGigabytes: 16,
                // It installs itself over the way out.
                Needs: [.. wayOut.Needed, vpc, wayOut, server, clients, backups, names, .. first],
                DetailedMonitoring: true));
            var attachment = new CfnVolumeAttachment(this, "Attachment", new CfnVolumeAttachmentProps
            {
                Device = "/dev/sdf",
                InstanceId = machine.Instance.Ref,
                VolumeId = volume.VolumeId,
            });
            machine.ReadyAfter(attachment);
            var name = new ARecord(this, "Name", new ARecordProps
            {
                Zone = names,
                RecordName = hostName,
                Target = RecordTarget.FromIpAddresses(machine.Instance.AttrPrivateIp),
                Ttl = Duration.Seconds(30),
            });
            attachment.Node.AddDependency(name, new NodeAlarms(this, system.Title, alerts, machine.Instance.Ref));
            return machine.Instance.Ref;
        }
    }

    public EventStoreAccess Access { get; }

    /// <param name="zone">Null for the account's first. Not every zone has Graviton: us-east-1 has one without, and an
    /// account may call that one its first.</param>
    private static VpcProps NetworkProps(string inside, string? zone) => new()
    {
        IpAddresses = IpAddresses.Cidr("10.40.0.0/22"),
        MaxAzs = zone is null ? 1 : null,
        AvailabilityZones = zone is null ? null : [zone],
        // The way out is our own (WayOut.cs).
        NatGateways = 0,
        SubnetConfiguration =
        [
            new SubnetConfiguration { Name = "Out", SubnetType = SubnetType.PUBLIC, CidrMask = 26 },
            new SubnetConfiguration { Name = inside, SubnetType = SubnetType.PRIVATE_WITH_EGRESS, CidrMask = 24 },
        ],
        // Free, and what the functions and the backups use most. Amazon Linux's packages and CloudFormation's signals
        // are on S3 too.
        GatewayEndpoints = new Dictionary<string, IGatewayVpcEndpointOptions>
        {
            ["DynamoDb"] = new GatewayVpcEndpointOptions { Service = GatewayVpcEndpointAwsService.DYNAMODB },
            ["S3"] = new GatewayVpcEndpointOptions { Service = GatewayVpcEndpointAwsService.S3 },
        },
    };

    private Role RoleOf(Secret password, Bucket backups, string metrics)
    {
        var role = new Role(this, "Role", new RoleProps
        {
            AssumedBy = new ServicePrincipal("ec2.amazonaws.com"),
            // Session Manager is the only way in: no key, no open port.
            ManagedPolicies = [ManagedPolicy.FromAwsManagedPolicyName("AmazonSSMManagedInstanceCore")],
        });
        role.AddToPolicy(new PolicyStatement(new PolicyStatementProps { Actions = ["secretsmanager:GetSecretValue"], Resources = [password.SecretArn] }));
        May(["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
            $"{backups.BucketArn}/nightly/*");
        May(["s3:ListBucket"], backups.BucketArn);
        role.AddToPolicy(new PolicyStatement(new PolicyStatementProps
        {
            Actions = ["cloudwatch:PutMetricData"],
            Resources = ["*"],
            Conditions = new Dictionary<string, object>
            {
                ["StringEquals"] = new Dictionary<string, object> { ["cloudwatch:namespace"] = metrics },
            },
        }));
        return role;

        void May(string[] actions, string resource) =>
            role.AddToPolicy(new PolicyStatement(new PolicyStatementProps { Actions = actions, Resources = [resource] }));
    }

    private Dictionary<string, string> ValuesOf(SystemTopology system, Volume volume, Secret password, Bucket backups) => new()
    {
        // It holds values of its own.
        ["CONFIG"] = EmbeddedText.Read("clickhouse-node.xml", system).Trim()
            .Replace("@@BUCKET@@", backups.BucketName, StringComparison.Ordinal)
            .Replace("@@REGION@@", Stack.Of(this).Region, StringComparison.Ordinal),
        ["VOLUME"] = volume.VolumeId,
        ["SECRET"] = password.SecretArn,
        ["BUCKET"] = backups.BucketName,
        ["REGION"] = Stack.Of(this).Region,
        ["STACK"] = Stack.Of(this).StackName,
        ["VERSION"] = Version,
    };
}
