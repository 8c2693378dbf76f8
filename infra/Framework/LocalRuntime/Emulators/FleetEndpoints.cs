namespace ServerlessCqrs.LocalRuntime.Emulators;

/// <summary>Where the services that the stack needs are reached.</summary>
/// <param name="ClickHouse">With its user and password.</param>
public sealed record FleetEndpoints(
    Uri DynamoDb,
    Uri Kinesis,
    Uri Sns,
    Uri Sqs,
    Uri Ses,
    Uri ClickHouse);
