using Testcontainers.LocalStack;

namespace ServerlessCqrs.Journeys;

/// <summary>
/// Our stack on another emulator of AWS: Kinesis, DynamoDB, SNS and SQS of LocalStack in a container. Our own emulators
/// replace what its free tier lacks (SESv2, CloudFront). Without a Docker engine the tests are skipped.
/// <c>JOURNEYS_ENDPOINT_URL</c> names a running emulator (LocalStack, moto) to use instead of the container.
/// </summary>
public sealed class ContainerStack : IAsyncLifetime
{
    // The last tag that needs no token.
    private const string Image = "localstack/localstack:4.14.0";

    private LocalStackContainer? _container;
    private LocalStack? _stack;
    private string? _reason;
    private string? _data;

    /// <summary>Skips the test with the reason if there is no stack.</summary>
    public LocalStack Stack
    {
        get
        {
            if (_reason is not null) Assert.Skip(_reason);
            return _stack!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        var endpoint = Environment.GetEnvironmentVariable("JOURNEYS_ENDPOINT_URL");
        if (string.IsNullOrEmpty(endpoint))
        {
            if (await DockerEngine.WhyNotAsync() is { } reason)
            {
                _reason = $"{Image} cannot be started: {reason}";
                return;
            }

            _container = new LocalStackBuilder(Image)
                .WithEnvironment("SERVICES", "kinesis,dynamodb,sns,sqs")
                // Queue URLs get the requested host and port, because the container's port differs outside.
                .WithEnvironment("SQS_ENDPOINT_STRATEGY", "dynamic")
                .Build();
            await _container.StartAsync();
            endpoint = _container.GetConnectionString();
        }

        _data = Directory.CreateTempSubdirectory("shop-container-").FullName;
        _stack = await LocalStack.StartAsync(_data, environment: new[] { "KINESIS", "DYNAMODB", "SNS", "SQS" }.ToDictionary(service => $"AWS_ENDPOINT_URL_{service}", _ => endpoint));
    }

    public async ValueTask DisposeAsync()
    {
        if (_stack is not null) await _stack.DisposeAsync();
        if (_container is not null) await _container.DisposeAsync();
        if (_data is not null) Directory.Delete(_data, recursive: true);
    }
}
