using Microsoft.Extensions.Configuration;
using ServerlessCqrs.Simulation.Services;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Simulation.Functions;

/// <summary>
/// A program's environment here, with the names from the topology. Nothing can be reached at these addresses.
/// </summary>
public static class SimEnvironment
{
    /// <summary>The origin from which browsers may call.</summary>
    public const string Origin = "https://shop.example.com";

    public static IReadOnlyDictionary<string, string> Of(Topology.Program program) => program.Environment.ToDictionary(setting => setting.Name, setting => setting.Value switch
    {
        SettingValue.Text text => text.Value,
        SettingValue.TableName table => table.Table.Name,
        SettingValue.StreamName stream => stream.Stream.Name,
        SettingValue.TopicArn topic => topic.Topic.Name,
        SettingValue.QueueUrl own => own.Queue.Name,
        SettingValue.DeadLettersUrl dead => dead.Queue.DeadLettersName,
        SettingValue.Provided { What: var what } => what switch
        {
            Provision.ClickHouse => "Host=127.0.0.1;Port=9",
            Provision.MasterKey => "file:never-made.key",
            Provision.TokenIssuer => SimIdentity.Issuer,
            Provision.TokenAudience => SimIdentity.Audience,
            Provision.CorsOrigins => Origin,
            Provision.PublicUrl => Origin,
            _ => "",
        },
        var other => throw new NotSupportedException($"{setting.Name} holds a {other.GetType().Name}."),
    });

    public static IConfiguration Configuration(Topology.Program program) =>
        new ConfigurationBuilder().AddInMemoryCollection(Of(program).Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
}
