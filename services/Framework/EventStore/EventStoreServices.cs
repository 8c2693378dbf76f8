using Amazon.DynamoDBv2;
using Amazon.KeyManagementService;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.EventStore.Snapshots;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore;

/// <summary>
/// Registers the event store from a program's settings. A missing setting fails at startup, and the error names it.
/// </summary>
public static class EventStoreServices
{
    // KMS responds within about 20 ms, and a request may wait for it.
    private static readonly TimeSpan KmsTimeout = TimeSpan.FromSeconds(1.5);

    /// <summary>
    /// Registers log, history, audit trail, snapshots, tips and their readers. Settings: <c>STREAM_TIPS_TABLE</c> and
    /// those of the log.
    /// </summary>
    public static IServiceCollection AddEventStore(this IServiceCollection services, IConfiguration configuration, Domain domain)
    {
        // On Lambda every millisecond of a start counts. What runs there was checked when it was synthesized or started.
        if (configuration["AWS_LAMBDA_RUNTIME_API"] is null) domain.EnsureComplete();
        services.TryAddSingleton(domain);
        services.AddStreamTips(configuration, domain);
        services.AddLogDatabase(configuration, domain);
        services.AddSingleton<IEventLog, ClickHouseEventLog>();
        services.AddSingleton<IEventHistory, ClickHouseEventHistory>();
        services.AddSingleton<IAuditTrail, ClickHouseAuditTrail>();
        services.AddSingleton<IStreamLookup, ClickHouseEventHistory>();
        services.AddSingleton<IStreamIndex, ClickHouseEventHistory>();
        services.AddSingleton<ISnapshots>(s => new BestEffortSnapshots(new ClickHouseSnapshots(s.GetRequiredService<ClickHouseDatabase>()), s.GetRequiredService<ILogger<BestEffortSnapshots>>()));
        services.AddSingleton(s => new StreamReader(
            s.GetRequiredService<IEventHistory>(),
            s.GetRequiredService<IStreamTips>()));
        services.AddSingleton<StateReader>();
        return services;
    }

    /// <summary>
    /// Registers the log's database only. <c>CLICKHOUSE</c> is an ADO.NET connection string without a password.
    /// <c>CLICKHOUSE_SECRET</c> says where the password is (see <see cref="Secrets"/>), and is empty when none is
    /// needed. The optional <c>CLICKHOUSE_REPLICATED</c> is <c>true</c> for a cluster with replicas.
    /// </summary>
    public static IServiceCollection AddLogDatabase(this IServiceCollection services, IConfiguration configuration, Domain domain)
    {
        var options = new ClickHouseOptions(
            configuration.Required("CLICKHOUSE"),
            Secrets.Reader(configuration["CLICKHOUSE_SECRET"], configuration),
            Replicated: configuration["CLICKHOUSE_REPLICATED"] == "true");

        services.TryAddSingleton(TimeProvider.System);
        return services.AddSingleton(s => new ClickHouseDatabase(options, domain, s.GetRequiredService<TimeProvider>()));
    }

    /// <summary>
    /// Registers the tips only, for programs that do not read the log. Settings: <c>STREAM_TIPS_TABLE</c>, and the
    /// optional <c>TIP_FORMAT</c>, which is <c>binary</c> or <c>json</c> (see <see cref="TipBody"/>).
    /// </summary>
    public static IServiceCollection AddStreamTips(this IServiceCollection services, IConfiguration configuration, Domain domain)
    {
        var table = configuration.Required("STREAM_TIPS_TABLE");
        var format = configuration["TIP_FORMAT"] switch
        {
            null or "" or "binary" => TipFormat.Binary,
            "json" => TipFormat.Json,
            var other => throw new InvalidOperationException($"The setting TIP_FORMAT is '{other}'. Set it to binary or json."),
        };
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddDynamoDb();
        services.AddSingleton<IStreamTips>(s => new DynamoDbStreamTips(s.GetRequiredService<IAmazonDynamoDB>(), table, domain.Events, s.GetRequiredService<TimeProvider>(), format: format));
        return services;
    }

    /// <summary>
    /// Registers what seals and opens personal data. Settings: <c>PERSON_KEYS_TABLE</c>, and <c>MASTER_KEY</c>, which
    /// is <c>kms:{key arn}</c> or <c>file:{path}</c>. A missing key file is created.
    /// </summary>
    public static IServiceCollection AddPersonalData(this IServiceCollection services, IConfiguration configuration)
    {
        var table = configuration.Required("PERSON_KEYS_TABLE");
        var masterKey = configuration.Required("MASTER_KEY");
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddDynamoDb();
        switch (masterKey.Split(':', 2))
        {
            case ["file", { Length: > 0 } path]:
                services.AddSingleton<IMasterKey>(_ => new FileMasterKey(path));
                break;
            case ["kms", { Length: > 0 } key]:
                services.TryAddSingleton<IAmazonKeyManagementService>(_ => new AmazonKeyManagementServiceClient(new AmazonKeyManagementServiceConfig { Timeout = KmsTimeout, MaxErrorRetry = 1 }));
                services.AddSingleton<IMasterKey>(s => new KmsMasterKey(s.GetRequiredService<IAmazonKeyManagementService>(), key));
                break;
            default:
                throw new InvalidOperationException("The setting MASTER_KEY must be kms:{key arn} or file:{path}.");
        }

        services.AddSingleton<IPersonKeys>(s => new DynamoDbPersonKeys(s.GetRequiredService<IAmazonDynamoDB>(), table));
        services.AddSingleton<IPersonalData, PersonalData>();
        return services;
    }
}
