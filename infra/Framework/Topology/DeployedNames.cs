namespace ServerlessCqrs.Topology;

/// <summary>
/// The names of a deployed system's CloudFormation stacks and outputs. The CDK writes them, and the Operator reads
/// them.
/// </summary>
public static class DeployedNames
{
    // Outputs of the data stack.
    public const string UserPoolId = "UserPoolId";
    public const string ClientId = "ClientId";

    /// <summary>For people: the sender of Cognito's mails, and their daily limit.</summary>
    public const string SignUpMails = "SignUpMails";
    public const string CommandStream = "CommandStream";
    public const string MasterKeyArn = "MasterKeyArn";

    /// <summary>ADO.NET connection string, without the password.</summary>
    public const string ClickHouse = "ClickHouse";
    public const string ClickHouseSecretArn = "ClickHouseSecretArn";

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public const string ClickHouseReplicated = "ClickHouseReplicated";

    /// <summary>The instance to tunnel through, if ClickHouse is a node of this system.</summary>
    public const string ClickHouseInstanceId = "ClickHouseInstanceId";

    // Outputs of the services stack.
    public const string EdgeUrl = "EdgeUrl";
    public const string DistributionId = "DistributionId";
    public const string EventTopicArn = "EventTopicArn";

    /// <summary>A managed policy with the permissions of the Operator.</summary>
    public const string OperatorPolicyArn = "OperatorPolicyArn";

    public static string DataStack(this SystemTopology system, string environment) => $"{system.Name}-{environment}-data";

    public static string ServicesStack(this SystemTopology system, string environment) => $"{system.Name}-{environment}-services";

    public static string OperationsStack(this SystemTopology system, string environment) => $"{system.Name}-{environment}-operations";

    /// <summary>The output with a table's name, in the data stack: <c>TableStreamTips</c>.</summary>
    public static string TableName(Table table) => $"Table{Joined(table.Name)}";

    /// <summary>
    /// The output with the URL of a queue or a dead letter queue, in the services stack: <c>QueueEventsToMail</c>,
    /// <c>QueueEventsToMailDeadLetters</c>.
    /// </summary>
    public static string QueueUrl(string queue) => $"Queue{Joined(queue)}";

    /// <summary>CloudFormation allows only letters and digits.</summary>
    private static string Joined(string name) => string.Concat(name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
