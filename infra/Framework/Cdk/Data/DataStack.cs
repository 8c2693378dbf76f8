using Amazon.CDK;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.SNS;
using Constructs;
using ServerlessCqrs.Cdk.Operations;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Cdk.Data;

/// <summary>
/// The stack of all data that must not be lost. It is deployed first, and in production its data outlives it.
/// </summary>
public sealed class DataStack : Stack
{
    public DataStack(Construct scope, string id, SystemTopology system, DeploymentOptions options, IStackProps props)
        : base(scope, id, props)
    {
        (System, Options) = (system, options);
        var alerts = new AlertTopic(this, system, options);
        Alerts = alerts.Topic;
        Identity = new Identity(this, system, options);
        Commands = new CommandStream(this, system.Commands, options).Stream;
        Tables = new TopologyTables(this, system.Tables, options);
        MasterKey = new Key(this, "MasterKey", new KeyProps
        {
            Description = $"Wraps the key of each person whose data the {system.Name} holds",
            EnableKeyRotation = true,
            RemovalPolicy = options.DataRemoval(),
        });
        Mail = new MailSender(this, options);
        if (options.IsSesReady) Identity.SendMailsBy(Mail, options);
        var node = options.Node == NodeState.None ? null
            : new ClickHouseNode(this, system, options, Alerts, alerts, Identity, Commands, Tables, MasterKey, Mail).Access;
        EventStore = options.ClickHouse is { } endpoint ? External(endpoint, system.Name) : node!;

        this.AddOutput(DeployedNames.UserPoolId, Identity.Users.UserPoolId);
        this.AddOutput(DeployedNames.ClientId, Identity.Client.UserPoolClientId);
        this.AddOutput(DeployedNames.SignUpMails, options.IsSesReady
            ? $"SES, from {options.MailFrom}"
            : "Cognito's own sender, 50 a day. Once SES has verified the domain and let the account out of its sandbox, set sesReady");
        this.AddOutput(DeployedNames.CommandStream, Commands.StreamName);
        this.AddOutput(DeployedNames.MasterKeyArn, MasterKey.KeyArn);
        this.AddOutput(DeployedNames.ClickHouse, EventStore.ConnectionString);
        this.AddOutput(DeployedNames.ClickHouseSecretArn, EventStore.SecretArn);
        this.AddOutput(DeployedNames.ClickHouseReplicated, EventStore.IsReplicated ? "true" : "false");
        if (EventStore.Network?.InstanceId is { } instance) this.AddOutput(DeployedNames.ClickHouseInstanceId, instance);
        foreach (var table in system.Tables) this.AddOutput(DeployedNames.TableName(table), Tables[table].TableName);
        this.KeepExported([Commands.StreamArn, Commands.StreamName, MasterKey.KeyArn, Identity.Users.UserPoolId,
            Identity.Client.UserPoolClientId, Mail.Settings.ConfigurationSetName, Alerts.TopicArn]);
        foreach (var table in system.Tables) this.KeepExported(Tables[table].TableArn, Tables[table].TableName);
    }

    public SystemTopology System { get; }

    public DeploymentOptions Options { get; }

    /// <summary>
    /// The topic of the alarms. It is in this stack because the ClickHouse node uses it, and no other stack may know
    /// the node.
    /// </summary>
    public ITopic Alerts { get; }

    public Identity Identity { get; }

    public Amazon.CDK.AWS.Kinesis.Stream Commands { get; }

    public EventStoreAccess EventStore { get; }

    public TopologyTables Tables { get; }

    public Key MasterKey { get; }

    public MailSender Mail { get; }

    private static EventStoreAccess External(ClickHouseEndpoint endpoint, string database) => new(
        $"Host={endpoint.Host};Port={endpoint.Port};Protocol=https;Username={endpoint.User};Database={database}",
        endpoint.SecretArn,
        endpoint.IsReplicated,
        Network: null);
}
