namespace ServerlessCqrs.LocalRuntime.Emulators;

/// <summary>The URLs of the services that the stack needs.</summary>
/// <param name="ClickHouse">Contains user and password.</param>
public sealed record FleetEndpoints(
    Uri DynamoDb,
    Uri Kinesis,
    Uri Sns,
    Uri Sqs,
    Uri Ses,
    Uri ClickHouse);
