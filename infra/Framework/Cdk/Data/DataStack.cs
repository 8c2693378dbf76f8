using Amazon.CDK;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.SNS;
using Constructs;
using ServerlessCqrs.Cdk.Operations;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Cdk.Data;

/// <summary>What must not be lost: it is deployed first, and in production outlives everything.</summary>
public sealed class DataStack : Stack
{
    public DataStack(Construct scope, string id, DeploymentOptions options, IStackProps props)
        : base(scope, id, props)
    {
        var alerts = new AlertTopic(this, options);
        Alerts = alerts.Topic;
        Identity = new Identity(this, options);
        Commands = new CommandStream(this, ShopTopology.Commands, options).Stream;
        Tables = new ShopTables(this, ShopTopology.Tables, options);
        MasterKey = new Key(this, "MasterKey", new KeyProps
        {
            Description = "Wraps the key of each person whose data the shop holds",
            EnableKeyRotation = true,
            RemovalPolicy = options.DataRemoval(),
        });
        Mail = new MailSender(this, options);
        if (options.IsSesReady) Identity.SendMailsBy(Mail, options);
        var node = options.Node == NodeState.None ? null
            : new ClickHouseNode(this, options, Alerts, alerts, Identity, Commands, Tables, MasterKey, Mail).Access;
        EventStore = options.ClickHouse is { } endpoint ? External(endpoint) : node!;

        this.Tell(DeployedNames.UserPoolId, Identity.Users.UserPoolId);
        this.Tell(DeployedNames.ClientId, Identity.Client.UserPoolClientId);
        this.Tell(DeployedNames.SignUpMails, options.IsSesReady
            ? $"SES, from {options.MailFrom}"
            : "Cognito's own sender, 50 a day. Once SES has verified the domain and let the account out of its sandbox, set sesReady");
        this.Tell(DeployedNames.CommandStream, Commands.StreamName);
        this.Tell(DeployedNames.MasterKeyArn, MasterKey.KeyArn);
        this.Tell(DeployedNames.ClickHouse, EventStore.ConnectionString);
        this.Tell(DeployedNames.ClickHouseSecretArn, EventStore.SecretArn);
        this.Tell(DeployedNames.ClickHouseReplicated, EventStore.IsReplicated ? "true" : "false");
        if (EventStore.Network?.InstanceId is { } instance) this.Tell(DeployedNames.ClickHouseInstanceId, instance);
        foreach (var table in ShopTopology.Tables) this.Tell(DeployedNames.TableName(table), Tables[table].TableName);
        this.KeepExported([Commands.StreamArn, Commands.StreamName, MasterKey.KeyArn, Identity.Users.UserPoolId,
            Identity.Client.UserPoolClientId, Mail.Settings.ConfigurationSetName, Alerts.TopicArn]);
        foreach (var table in ShopTopology.Tables) this.KeepExported(Tables[table].TableArn, Tables[table].TableName);
    }

    /// <summary>Where alarms go. It is here for the node's sake, which no other stack may know.</summary>
    public ITopic Alerts { get; }

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
