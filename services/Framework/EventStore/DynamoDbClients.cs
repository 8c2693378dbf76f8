using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ServerlessCqrs.EventStore;

/// <summary>
/// DynamoDB clients with timeouts that suit their callers. The default of 100 s is longer than the timeout of most of
/// our functions.
/// </summary>
public static class DynamoDbClients
{
    /// <summary>
    /// For functions. A call fails within about 15 s, which is half the shortest function timeout. So the function can
    /// still report what failed.
    /// </summary>
    public static AmazonDynamoDBConfig ForFunctions() => new()
    {
        // A response takes milliseconds. The largest, 16 MB of tips, takes about a second.
        Timeout = TimeSpan.FromSeconds(3),
        ConnectTimeout = TimeSpan.FromSeconds(1),
        RetryMode = RequestRetryMode.Standard,
        MaxErrorRetry = 3,
    };

    /// <summary>
    /// For HTTP services. A call fails within about 3 s, while the client is still waiting for the response.
    /// </summary>
    public static AmazonDynamoDBConfig ForRequests() => new()
    {
        Timeout = TimeSpan.FromSeconds(1.5),
        ConnectTimeout = TimeSpan.FromMilliseconds(500),
        RetryMode = RequestRetryMode.Standard,
        MaxErrorRetry = 1,
    };

    /// <summary>
    /// Registers a client with <see cref="ForFunctions"/>, unless the program has registered its own.
    /// </summary>
    public static IServiceCollection TryAddDynamoDb(this IServiceCollection services)
    {
        services.TryAddSingleton<IAmazonDynamoDB>(_ => new AmazonDynamoDBClient(ForFunctions()));
        return services;
    }
}
