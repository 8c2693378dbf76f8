using System.Globalization;
using Amazon.ApiGatewayManagementApi;
using Amazon.DynamoDBv2;
using Amazon.SQS;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Lambda;

namespace ServerlessCqrs.Push;

public static class PushServices
{
    /// <summary>
    /// Watching and hinting. Settings: <c>CONNECTIONS_TABLE</c>; <c>CONNECTIONS_URL</c>, where sockets are reached;
    /// <c>QUEUE_URL</c>, the function's own; <c>CONNECTIONS_PER_CALLER</c>; <c>PUBLIC_URL</c>; <c>CORS_ORIGINS</c>, separated
    /// by commas. The stream tips and an <see cref="IWatcherTokens"/> are registered beside it.
    /// </summary>
    public static IServiceCollection AddPush(
        this IServiceCollection services,
        IConfiguration configuration,
        WatchRules rules,
        Func<IServiceProvider, Func<IReadOnlyDictionary<string, string>, CancellationToken, ValueTask<bool>>> cameByEdge)
    {
        var (table, url) = (configuration.Required("CONNECTIONS_TABLE"), configuration.Required("CONNECTIONS_URL"));
        var queue = configuration.Required("QUEUE_URL");
        var publicUrl = new Uri(configuration.Required("PUBLIC_URL"));
        var most = int.Parse(configuration.Required("CONNECTIONS_PER_CALLER"), NumberStyles.None, CultureInfo.InvariantCulture);
        var origins = (configuration["CORS_ORIGINS"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddDynamoDb();
        services.TryAddSingleton<IAmazonSQS>(_ => new AmazonSQSClient());
        services.AddSingleton<IAmazonApiGatewayManagementApi>(_ => new AmazonApiGatewayManagementApiClient(ApiGatewaySockets.Config(url)));
        services.AddSingleton<ISockets, ApiGatewaySockets>();
        services.AddSingleton<IDelayedHints>(s => new SqsDelayedHints(s.GetRequiredService<IAmazonSQS>(), queue));
        services.AddSingleton<IConnections>(s => new DynamoDbConnections(s.GetRequiredService<IAmazonDynamoDB>(), table, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IWatchers>(s => new DynamoDbWatchers(s.GetRequiredService<IAmazonDynamoDB>(), table, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<HintSender>();
        services.AddSingleton(rules);
        services.AddSingleton(s => new ConnectRules(publicUrl, origins, most, cameByEdge(s)));
        services.AddSingleton<ISqsBatchHandler, HintBatchHandler>();
        services.AddSingleton<IWebSocketHandler, WatchHandler>();
        return services;
    }
}
