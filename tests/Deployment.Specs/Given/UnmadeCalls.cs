namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>A call that the analysis finds in a program's code, and that the program never makes on AWS.</summary>
public sealed record UnmadeCall(
    string Program,
    string Operation,
    string Reason);

/// <summary>The calls that need no right, each with its reason.</summary>
public static class UnmadeCalls
{
    public static IReadOnlyList<UnmadeCall> All { get; } =
    [
        new("CanaryToLag", "DynamoDB.BatchGetItem",
            "It loads one product, and ItemReader gets a single item with GetItem."),
        new("EventsToMail", "KMS.GenerateDataKey",
            "It seals a link for a person whose address it has just opened, so the person has a key."),
        new("Operator", "SQS.GetQueueUrl",
            "It asks for a queue's address on the local stack only. With --stack, outputs name the queues."),
        new("QueryApi", "DynamoDB.UpdateItem",
            "SyncLag records what it observed only with an ILagRecorder, which QueryApi does not register."),
    ];
}
