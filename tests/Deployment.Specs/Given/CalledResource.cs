using System.Text.Json.Nodes;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>Finds the templates' resource of a recorded call.</summary>
internal static class CalledResource
{
    /// <summary>
    /// Returns its ARN in the notation of <see cref="Cloud"/>. Secrets are those in the program's settings: two during
    /// a rotation.
    /// </summary>
    public static IEnumerable<string> Of(Cloud cloud, string program, string resource) => resource.Split('/') switch
    {
        ["table", var table] => [$"${{Tables/{table}.Arn}}"],
        ["table", var table, "index", var index] => [$"${{Tables/{table}.Arn}}/index/{index}"],
        ["stream", var stream] => [$"${{{stream}/Stream.Arn}}"],
        ["topic", var topic] => [$"${{{topic}/Topic}}"],
        ["queue", var name] when ShopTopology.Queues.SingleOrDefault(queue => queue.DeadLettersName == name) is { } of => [$"${{{of.Name}/DeadLetters.Arn}}"],
        ["queue", var name] => [$"${{{name}/Queue.Arn}}"],
        // The sender's identity. In its sandbox, SES also checks the recipient's (aws-sdk-js#3641).
        ["identity", _] => ["arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:identity/*"],
        ["connections", var method] => [$"arn:${{AWS::Partition}}:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:${{Sockets/Api}}{ShopTopology.Live.Path}/{method}/@connections/*"],
        ["distribution"] => ["arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Edge/Distribution}"],
        ["key", "master"] when program == "Operator" => [Output(cloud, DeployedNames.MasterKeyArn)],
        ["key", "master"] => [Setting(cloud, program, "MASTER_KEY")["kms:".Length..]],
        ["secret", "clickhouse"] when program == "Operator" => [Output(cloud, DeployedNames.ClickHouseSecretArn)],
        ["secret", "clickhouse"] => [Setting(cloud, program, "CLICKHOUSE_SECRET")],
        ["secret", "edge"] => Setting(cloud, program, "EDGE_SECRETS").Split(','),
        ["stack", var part] => [$"arn:${{AWS::Partition}}:cloudformation:${{AWS::Region}}:${{AWS::AccountId}}:stack/{cloud.Templates.Keys.Single(stack => stack.EndsWith($"-{part}", StringComparison.Ordinal))}/*"],
        _ when resource[0] is '$' or '*' || resource.StartsWith("arn:", StringComparison.Ordinal) => [resource],
        _ => [$"nothing is {resource}"],
    };

    /// <summary>
    /// Returns the custom keys that encrypt it, with the actions that each call needs of them. Everybody in the account
    /// may use AWS's own keys (<c>alias/aws/…</c>) through their service (KMS Developer Guide, "AWS managed keys").
    /// Sources: Kinesis Developer Guide, "Permissions to use user-generated KMS keys"; SNS Developer Guide, "Managing
    /// Amazon SNS encryption keys and costs"; SQS Developer Guide, "Amazon SQS Key management"; DynamoDB Developer
    /// Guide, "DynamoDB encryption at rest: How it works"; Secrets Manager User Guide, "Secret encryption and
    /// decryption".
    /// </summary>
    public static IEnumerable<(string Key, Func<string, string[]> Uses)> KeyOf(Cloud cloud, string resource)
    {
        foreach (var (type, property, uses) in Encrypted)
            foreach (var store in cloud.Of(type).Where(store => resource.StartsWith($"${{{store.Path}.Arn}}", StringComparison.Ordinal) || resource == $"${{{store.Path}}}"))
            {
                var key = property.Split('.').Aggregate((JsonNode?)store.Properties, (node, name) => node?[name]);
                var told = cloud.Tell(store.Stack, key);
                if (told.Length > 0 && !told.StartsWith("alias/aws/", StringComparison.Ordinal)) yield return (told, uses);
            }
    }

    private static readonly (string Type, string Property, Func<string, string[]> Uses)[] Encrypted =
    [
        ("AWS::Kinesis::Stream", "StreamEncryption.KeyId", action => action switch
        {
            "kinesis:PutRecord" or "kinesis:PutRecords" => ["kms:GenerateDataKey"],
            "kinesis:GetRecords" or "kinesis:SubscribeToShard" => ["kms:Decrypt"],
            _ => [],
        }),
        ("AWS::SNS::Topic", "KmsMasterKeyId", action => action == "sns:Publish" ? ["kms:Decrypt", "kms:GenerateDataKey"] : []),
        ("AWS::SQS::Queue", "KmsMasterKeyId", action => action switch
        {
            "sqs:SendMessage" => ["kms:Decrypt", "kms:GenerateDataKey"],
            "sqs:ReceiveMessage" => ["kms:Decrypt"],
            _ => [],
        }),
        ("AWS::DynamoDB::Table", "SSESpecification.KMSMasterKeyId", _ => ["kms:Decrypt", "kms:DescribeKey"]),
        ("AWS::SecretsManager::Secret", "KmsKeyId", action => action == "secretsmanager:GetSecretValue" ? ["kms:Decrypt"] : []),
    ];

    /// <summary>Returns a program's setting in the notation of <see cref="Cloud"/>.</summary>
    public static string Setting(Cloud cloud, string program, string name) =>
        cloud.Of("AWS::Lambda::Function").SingleOrDefault(function => function.Path == $"{program}/Function") is { } function
        && function["Environment"]?["Variables"]?[name] is { } value
            ? cloud.Tell(function.Stack, value)
            : $"{program} has no {name}";

    private static string Output(Cloud cloud, string name)
    {
        foreach (var (stack, template) in cloud.Templates)
            if (template["Outputs"]?[name]?["Value"] is { } value) return cloud.Tell(stack, value);
        return $"no stack tells {name}";
    }
}
