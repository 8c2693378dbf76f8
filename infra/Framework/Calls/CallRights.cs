namespace ServerlessCqrs.Calls;

/// <summary>
/// The IAM action that each recorded operation needs. Where no other page is named, the source is the service's page in
/// the Service Authorization Reference: "Actions, resources, and condition keys for …" DynamoDB, Kinesis Data Streams,
/// SNS, SQS, SES v2, CloudFront, KMS, Secrets Manager and CloudFormation.
/// </summary>
public static class CallRights
{
    private static readonly Dictionary<string, string> Actions = new(StringComparer.Ordinal)
    {
        // API Gateway Developer Guide, "Control access to WebSocket APIs with AWS IAM authorization".
        ["ApiGatewayManagementApi.DeleteConnection"] = "execute-api:ManageConnections",
        ["ApiGatewayManagementApi.PostToConnection"] = "execute-api:ManageConnections",

        ["CloudFormation.DescribeStacks"] = "cloudformation:DescribeStacks",
        ["CloudFront.CreateInvalidation"] = "cloudfront:CreateInvalidation",
        ["DynamoDB.BatchGetItem"] = "dynamodb:BatchGetItem",
        ["DynamoDB.BatchWriteItem"] = "dynamodb:BatchWriteItem",
        ["DynamoDB.DeleteItem"] = "dynamodb:DeleteItem",
        ["DynamoDB.GetItem"] = "dynamodb:GetItem",
        ["DynamoDB.PutItem"] = "dynamodb:PutItem",
        ["DynamoDB.Query"] = "dynamodb:Query",
        ["DynamoDB.Scan"] = "dynamodb:Scan",
        ["DynamoDB.UpdateItem"] = "dynamodb:UpdateItem",

        // DynamoDB Developer Guide, "Using IAM with DynamoDB transactions": each part needs its own operation's action.
        ["DynamoDB.TransactGetItems.Get"] = "dynamodb:GetItem",
        ["DynamoDB.TransactWriteItems.ConditionCheck"] = "dynamodb:ConditionCheckItem",
        ["DynamoDB.TransactWriteItems.Delete"] = "dynamodb:DeleteItem",
        ["DynamoDB.TransactWriteItems.Put"] = "dynamodb:PutItem",
        ["DynamoDB.TransactWriteItems.Update"] = "dynamodb:UpdateItem",

        ["KMS.Decrypt"] = "kms:Decrypt",
        ["KMS.GenerateDataKey"] = "kms:GenerateDataKey",
        ["Kinesis.DescribeStream"] = "kinesis:DescribeStream",
        ["Kinesis.DescribeStreamSummary"] = "kinesis:DescribeStreamSummary",
        ["Kinesis.GetRecords"] = "kinesis:GetRecords",
        ["Kinesis.GetShardIterator"] = "kinesis:GetShardIterator",
        ["Kinesis.ListShards"] = "kinesis:ListShards",
        ["Kinesis.PutRecord"] = "kinesis:PutRecord",
        ["Kinesis.PutRecords"] = "kinesis:PutRecords",

        // SES API v2 Reference, "SendEmail": a raw message needs SendRawEmail; the shop sends simple ones.
        ["SESv2.SendEmail"] = "ses:SendEmail",

        // SNS Developer Guide, "Amazon SNS API permissions": a batch needs its single operation's action.
        ["SNS.Publish"] = "sns:Publish",
        ["SNS.PublishBatch"] = "sns:Publish",

        // SQS Developer Guide, "Amazon SQS API permissions": a batch needs its single operation's action.
        ["SQS.ChangeMessageVisibility"] = "sqs:ChangeMessageVisibility",
        ["SQS.ChangeMessageVisibilityBatch"] = "sqs:ChangeMessageVisibility",
        ["SQS.DeleteMessage"] = "sqs:DeleteMessage",
        ["SQS.DeleteMessageBatch"] = "sqs:DeleteMessage",
        ["SQS.GetQueueAttributes"] = "sqs:GetQueueAttributes",
        ["SQS.GetQueueUrl"] = "sqs:GetQueueUrl",
        ["SQS.ReceiveMessage"] = "sqs:ReceiveMessage",
        ["SQS.SendMessage"] = "sqs:SendMessage",
        ["SQS.SendMessageBatch"] = "sqs:SendMessage",

        ["SecretsManager.GetSecretValue"] = "secretsmanager:GetSecretValue",
    };

    /// <summary>The right that a call needs. All commands of the Operator have theirs from one policy.</summary>
    public static (string Program, string Action, string Resource) RightOf(Call call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return (call.Program.Split(' ')[0], ActionOf(call.Operation), call.Resource);
    }

    /// <exception cref="NotSupportedException">The map lacks the operation.</exception>
    public static string ActionOf(string operation) => Actions.TryGetValue(operation, out var action) ? action
        : throw new NotSupportedException($"No IAM action is known for {operation}. Look it up in the Service Authorization Reference and add it to {nameof(CallRights)}.");
}
