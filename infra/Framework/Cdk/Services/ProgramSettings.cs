using ServerlessCqrs.Cdk.Data;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Cdk.Services;

/// <summary>Tells what a program's environment variables hold on AWS.</summary>
public sealed class ProgramSettings(ServicesStack stack)
{
    /// <summary>
    /// True for a ClickHouse cluster with replicas, whose inserts must wait for them. A developer's machine has none.
    /// </summary>
    public const string Replicated = "CLICKHOUSE_REPLICATED";

    public static bool NeedsEventStore(Topology.Program program) =>
        program.Environment.Any(setting => setting.Value is SettingValue.Provided { What: Provision.ClickHouse });

    public IDictionary<string, string> Of(Topology.Program program)
    {
        var environment = program.Environment.ToDictionary(setting => setting.Name, Resolve);
        if (NeedsEventStore(program) && stack.Data.EventStore.IsReplicated) environment[Replicated] = "true";
        return environment;
    }

    private string Resolve(Setting setting) => setting.Value switch
    {
        SettingValue.Text text => text.Value,
        SettingValue.TableName table => stack.Data.Tables[table.Table].TableName,
        SettingValue.StreamName => stack.Data.Commands.StreamName,
        SettingValue.TopicArn => stack.Events.TopicArn,
        SettingValue.QueueUrl own => stack.QueueOf(own.Queue).Queue.QueueUrl,
        SettingValue.DeadLettersUrl dead => stack.QueueOf(dead.Queue).DeadLetters.QueueUrl,
        SettingValue.Provided provided => Provide(provided.What),
        var other => throw new NotSupportedException($"{setting.Name} holds a {other.GetType().Name}, which cannot be deployed."),
    };

    private string Provide(Provision what) => what switch
    {
        Provision.ClickHouse => stack.Data.EventStore.ConnectionString,
        Provision.ClickHouseSecret => stack.Data.EventStore.SecretArn,
        Provision.MasterKey => $"kms:{stack.Data.MasterKey.KeyArn}",
        Provision.TokenIssuer => stack.Data.Identity.Issuer,
        Provision.TokenAudience => stack.Data.Identity.Client.UserPoolClientId,
        Provision.Distribution => stack.Edge.Distribution.DistributionId,
        Provision.PublicUrl => stack.Edge.Url,
        Provision.ConnectionsUrl when stack.Sockets is not null => stack.Sockets.ConnectionsUrl,
        Provision.MailFrom => stack.Options.MailFrom,
        Provision.CorsOrigins => string.Join(',', stack.Options.CorsOrigins),
        Provision.EdgeSecrets => string.Join(',', stack.EdgeSecret.Arns),
        _ => throw new NotSupportedException($"Nothing provides {what}."),
    };
}
