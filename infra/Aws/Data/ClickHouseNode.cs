using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.S3;
using Amazon.CDK.AWS.SecretsManager;
using Constructs;

namespace ServerlessCqrs.Deployment.Data;

/// <summary>
/// ClickHouse on one Graviton instance, without a way in from the internet; its data on a volume that survives the instance, backed up to S3 every night. The cheapest network that works: one zone, and an instance of the smallest
/// size as the way out, since functions in a network reach AWS's own APIs through it.
/// </summary>
public sealed class ClickHouseNode : Construct
{
    private const int HttpPort = 8123;

    /// <summary>Of Amazon Linux.</summary>
    private const string RootDisk = "/dev/xvda";

    public ClickHouseNode(Construct scope, DeploymentOptions options)
        : base(scope, "ClickHouse")
    {
        // Else every environment's launch template has the same name, and the second one cannot be deployed.
        Node.SetContext("@aws-cdk/aws-ec2:uniqueImdsv2TemplateName", true);
        var vpc = Network();
        var password = new Secret(this, "Password", new SecretProps
        {
            Description = "ClickHouse's password of the user shop",
            GenerateSecretString = new SecretStringGenerator { PasswordLength = 32, ExcludePunctuation = true },
            RemovalPolicy = options.DataRemoval(),
        });
        var backups = new Bucket(this, "Backups", new BucketProps
        {
            BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
            Encryption = BucketEncryption.S3_MANAGED,
            EnforceSSL = true,
            LifecycleRules = [new LifecycleRule { Expiration = Duration.Days(35) }],
            RemovalPolicy = options.DataRemoval(),
        });

        var clients = new SecurityGroup(this, "Clients", new SecurityGroupProps { Vpc = vpc, Description = "May reach ClickHouse" });
        var server = new SecurityGroup(this, "Server", new SecurityGroupProps { Vpc = vpc, Description = "ClickHouse" });
        server.AddIngressRule(clients, Port.Tcp(HttpPort), "The shop's functions");
        var role = new Role(this, "Role", new RoleProps
        {
            AssumedBy = new ServicePrincipal("ec2.amazonaws.com"),
            // Session Manager is the only way in: no key, no open port.
            ManagedPolicies = [ManagedPolicy.FromAwsManagedPolicyName("AmazonSSMManagedInstanceCore")],
        });
        password.GrantRead(role);
        role.AddToPolicy(new PolicyStatement(new PolicyStatementProps { Actions = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], Resources = [$"{backups.BucketArn}/nightly/*"] }));
        role.AddToPolicy(new PolicyStatement(new PolicyStatementProps { Actions = ["s3:ListBucket"], Resources = [backups.BucketArn] }));

        var node = Instance(vpc, server, role, password, backups);
        // It installs itself through the way out.
        node.Node.AddDependency(vpc.InternetConnectivityEstablished);
        var volume = new Volume(this, "Data", new VolumeProps
        {
            AvailabilityZone = vpc.AvailabilityZones[0],
            Size = Size.Gibibytes(100),
            VolumeType = EbsDeviceVolumeType.GP3,
            Encrypted = true,
            RemovalPolicy = options.IsProduction ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
        });
        new CfnVolumeAttachment(this, "Attachment", new CfnVolumeAttachmentProps { Device = "/dev/sdf", InstanceId = node.InstanceId, VolumeId = volume.VolumeId });

        Access = new EventStoreAccess(
            $"Host={node.InstancePrivateIp};Port={HttpPort};Username=shop;Database=shop",
            password.SecretArn,
            IsReplicated: false,
            new EventStoreNetwork(vpc, clients, node.InstanceId));
    }

    public EventStoreAccess Access { get; }

    private Vpc Network()
    {
        var vpc = new Vpc(this, "Network", NetworkProps());
        // The CDK makes the way out without a word on its disk: it would be as the account's default is.
        foreach (var wayOut in vpc.Node.FindAll().OfType<CfnInstance>())
            wayOut.BlockDeviceMappings = new[]
            {
                new CfnInstance.BlockDeviceMappingProperty { DeviceName = RootDisk, Ebs = new CfnInstance.EbsProperty { VolumeType = "gp3", VolumeSize = 8, Encrypted = true } },
            };
        Aspects.Of(vpc).Add(new InstanceRequireImdsv2Aspect());
        return vpc;
    }

    private static VpcProps NetworkProps() => new()
    {
        IpAddresses = IpAddresses.Cidr("10.40.0.0/22"),
        MaxAzs = 1,
        NatGateways = 1,
        // A gateway is $33 a month before traffic, this about $7 (infra/Aws/README.md).
        NatGatewayProvider = NatProvider.InstanceV2(new NatInstanceProps
        {
            InstanceType = Amazon.CDK.AWS.EC2.InstanceType.Of(InstanceClass.T4G, InstanceSize.NANO),
            MachineImage = new NewestAmazonLinux(),
            DefaultAllowedTraffic = NatTrafficDirection.OUTBOUND_ONLY,
        }),
        SubnetConfiguration =
        [
            new SubnetConfiguration { Name = "Out", SubnetType = SubnetType.PUBLIC, CidrMask = 26 },
            new SubnetConfiguration { Name = "Shop", SubnetType = SubnetType.PRIVATE_WITH_EGRESS, CidrMask = 24 },
        ],
        // Free, and what the functions and the backups use most.
        GatewayEndpoints = new Dictionary<string, IGatewayVpcEndpointOptions>
        {
            ["DynamoDb"] = new GatewayVpcEndpointOptions { Service = GatewayVpcEndpointAwsService.DYNAMODB },
            ["S3"] = new GatewayVpcEndpointOptions { Service = GatewayVpcEndpointAwsService.S3 },
        },
    };

    /// <summary>8 GB hold the hot part of some ten million events with their merges; the volume can be moved to a bigger one.</summary>
    private Instance_ Instance(IVpc vpc, ISecurityGroup server, IRole role, Secret password, Bucket backups) => new(this, "Node", new InstanceProps
    {
        Vpc = vpc,
        VpcSubnets = new SubnetSelection { SubnetType = SubnetType.PRIVATE_WITH_EGRESS },
        InstanceType = Amazon.CDK.AWS.EC2.InstanceType.Of(InstanceClass.T4G, InstanceSize.LARGE),
        MachineImage = new NewestAmazonLinux(),
        SecurityGroup = server,
        Role = role,
        UserData = UserData.Custom(Script(password, backups)),
        RequireImdsv2 = true,
        EbsOptimized = true,
        DetailedMonitoring = true,
        BlockDevices = [new BlockDevice { DeviceName = RootDisk, Volume = BlockDeviceVolume.Ebs(16, new EbsDeviceOptions { VolumeType = EbsDeviceVolumeType.GP3, Encrypted = true }) }],
    });

    private string Script(Secret password, Bucket backups) => EmbeddedText.Read("clickhouse-node.sh")
        .Replace("@@SECRET@@", password.SecretArn, StringComparison.Ordinal)
        .Replace("@@BUCKET@@", backups.BucketName, StringComparison.Ordinal)
        .Replace("@@REGION@@", Stack.Of(this).Region, StringComparison.Ordinal);
}
