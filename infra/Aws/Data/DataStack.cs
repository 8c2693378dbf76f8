using Amazon.CDK;
using Amazon.CDK.AWS.KMS;
using Constructs;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Deployment.Data;

/// <summary>What must not be lost: it is deployed first, and in production outlives everything.</summary>
public sealed class DataStack : Stack
{
    public DataStack(Construct scope, string id, DeploymentOptions options, IStackProps props)
        : base(scope, id, props)
    {
        Identity = new Identity(this, options);
        Commands = new CommandStream(this, ShopTopology.Commands, options).Stream;
        EventStore = options.ClickHouse is { } endpoint ? External(endpoint) : new ClickHouseNode(this, options).Access;
        Tables = new ShopTables(this, ShopTopology.Tables, options);
        MasterKey = new Key(this, "MasterKey", new KeyProps
        {
            Description = "Wraps the key of each person whose data the shop holds",
            EnableKeyRotation = true,
            RemovalPolicy = options.DataRemoval(),
        });
        Mail = new MailSender(this, options);

        this.Tell(DeployedShop.UserPoolId, Identity.Users.UserPoolId);
        this.Tell(DeployedShop.ClientId, Identity.Client.UserPoolClientId);
        this.Tell(DeployedShop.CommandStream, Commands.StreamName);
        this.Tell(DeployedShop.MasterKeyArn, MasterKey.KeyArn);
        this.Tell(DeployedShop.ClickHouse, EventStore.ConnectionString);
        this.Tell(DeployedShop.ClickHouseSecretArn, EventStore.SecretArn);
        this.Tell(DeployedShop.ClickHouseReplicated, EventStore.IsReplicated ? "true" : "false");
        if (EventStore.Network is { } network) this.Tell(DeployedShop.ClickHouseInstanceId, network.InstanceId);
        foreach (var table in ShopTopology.Tables) this.Tell(DeployedShop.TableName(table), Tables[table].TableName);
    }

    public Identity Identity { get; }

    public Amazon.CDK.AWS.Kinesis.Stream Commands { get; }

    public EventStoreAccess EventStore { get; }

    public ShopTables Tables { get; }

    public Key MasterKey { get; }

    public MailSender Mail { get; }

    private static EventStoreAccess External(ClickHouseEndpoint endpoint) => new(
        $"Host={endpoint.Host};Port={endpoint.Port};Protocol=https;Username={endpoint.User};Database=shop",
        endpoint.SecretArn,
        endpoint.IsReplicated,
        Network: null);
}
