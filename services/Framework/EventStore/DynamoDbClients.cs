using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ServerlessCqrs.EventStore;

/// <summary>DynamoDB's client with ends that fit its callers: by default it waits 100 s for an answer, longer than most of our functions live.</summary>
public static class DynamoDbClients
{
    /// <summary>For functions: whatever hangs fails within about 15 s, half the shortest function's timeout, so that it can still report what failed.</summary>
    public static AmazonDynamoDBConfig ForFunctions() => new()
    {
        // An answer takes milliseconds; the largest, 16 MB of tips, about a second.
        Timeout = TimeSpan.FromSeconds(3),
        ConnectTimeout = TimeSpan.FromSeconds(1),
        RetryMode = RequestRetryMode.Standard,
        MaxErrorRetry = 3,
    };

    /// <summary>For who answers a request: whatever hangs fails within about 3 s, while the client is still there to be told.</summary>
    public static AmazonDynamoDBConfig ForRequests() => new()
    {
        Timeout = TimeSpan.FromSeconds(1.5),
        ConnectTimeout = TimeSpan.FromMilliseconds(500),
        RetryMode = RequestRetryMode.Standard,
        MaxErrorRetry = 1,
    };

    /// <summary>The client <see cref="ForFunctions"/>, unless the program has one of its own.</summary>
    public static IServiceCollection TryAddDynamoDb(this IServiceCollection services)
    {
        services.TryAddSingleton<IAmazonDynamoDB>(_ => new AmazonDynamoDBClient(ForFunctions()));
        return services;
    }
}
