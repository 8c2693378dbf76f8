namespace ServerlessCqrs.Topology;

/// <summary>Finds a deployed system: the names of its stacks in CloudFormation, and of their outputs. The CDK writes them, the Operator reads them.</summary>
public static class DeployedNames
{
    // Of the data stack.
    public const string UserPoolId = "UserPoolId";
    public const string ClientId = "ClientId";

    /// <summary>For people: who sends Cognito's mails, and how many a day.</summary>
    public const string SignUpMails = "SignUpMails";
    public const string CommandStream = "CommandStream";
    public const string MasterKeyArn = "MasterKeyArn";

    /// <summary>ADO.NET connection string, without the password.</summary>
    public const string ClickHouse = "ClickHouse";
    public const string ClickHouseSecretArn = "ClickHouseSecretArn";

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public const string ClickHouseReplicated = "ClickHouseReplicated";

    /// <summary>The instance to tunnel through, where ClickHouse is a node of our own.</summary>
    public const string ClickHouseInstanceId = "ClickHouseInstanceId";

    // Of the services stack.
    public const string EdgeUrl = "EdgeUrl";
    public const string DistributionId = "DistributionId";
    public const string EventTopicArn = "EventTopicArn";

    /// <summary>A managed policy with the rights that the Operator needs.</summary>
    public const string OperatorPolicyArn = "OperatorPolicyArn";

    public static string DataStack(this SystemTopology system, string environment) => $"{system.Name}-{environment}-data";

    public static string ServicesStack(this SystemTopology system, string environment) => $"{system.Name}-{environment}-services";

    public static string OperationsStack(this SystemTopology system, string environment) => $"{system.Name}-{environment}-operations";

    /// <summary>The table's name, in the data stack: <c>TableStreamTips</c>.</summary>
    public static string TableName(Table table) => $"Table{Joined(table.Name)}";

    /// <summary>A queue's URL, or its dead letters', in the services stack: <c>QueueEventsToMail</c>, <c>QueueEventsToMailDeadLetters</c>.</summary>
    public static string QueueUrl(string queue) => $"Queue{Joined(queue)}";

    /// <summary>CloudFormation takes letters and digits alone.</summary>
    private static string Joined(string name) => string.Concat(name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
