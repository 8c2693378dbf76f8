using ServerlessCqrs.Calls;

namespace ServerlessCqrs.Deployment;

/// <summary>Rights that the journeys cannot show, each with its reason.</summary>
public static class StatedReasons
{
    private const string Remainder = "what an invocation has no time for goes back to its queue (SqsRemainders)";
    private const string Repair = "repairs an item that a lost message left behind, as EventsToReadModels writes it; a minute's grace is longer than a journey";
    private const string Rebuild = "a rebuild of a single stream, or of an item that cannot be read, goes by the code of EventsToReadModels";
    private const string ManyMatches = "only a search with more than 200 matches reads it (DynamoProductSearchV1)";
    private const string Backups = "${ClickHouse/Backups.Arn}";

    public static IReadOnlyList<StatedReason> All { get; } =
    [
        new("CanaryToLag", "dynamodb:GetItem", "table/products-v2", "only while version 2 is alive, and the canary runs every five minutes", As: "EventsToReadModels"),
        new("ClickHouse", "cloudwatch:PutMetricData", "*", "the node reports its disks and its backups (clickhouse-node.sh)"),
        new("ClickHouse", "s3:AbortMultipartUpload", $"{Backups}/nightly/*", "a backup that fails ends its uploads (ClickHouse, \"BACKUP\")"),
        new("ClickHouse", "s3:DeleteObject", $"{Backups}/nightly/*", "a backup that fails removes what it wrote (ClickHouse, \"BACKUP\")"),
        new("ClickHouse", "s3:GetObject", $"{Backups}/nightly/*", "a restore reads it, and a backup its own lock (ClickHouse, \"BACKUP\")"),
        new("ClickHouse", "s3:ListBucket", Backups, "a backup looks whether its place is empty (ClickHouse, \"BACKUP\")"),
        new("ClickHouse", "s3:PutObject", $"{Backups}/nightly/*", "a backup writes (ClickHouse, \"BACKUP\")"),
        new("ClickHouse", "secretsmanager:GetSecretValue", "${ClickHouse/Password}", "the node gives its user that password (clickhouse-node.sh)"),
        new("EventsToEdgeCache", "dynamodb:BatchGetItem", "table/products-v2", "several products of a batch while version 2 is alive, which a journey cannot time", As: "EventsToReadModels"),
        new("EventsToEdgeCache", "sqs:SendMessage", "queue/events-to-edge-cache", Remainder),
        new("EventsToMail", "ses:SendEmail", "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:configuration-set/${Mail/Settings}", "the identity's default configuration set applies to every mail (SES Developer Guide, \"Managing default configuration sets\")"),
        new("EventsToMail", "sqs:SendMessage", "queue/events-to-mail", Remainder),
        new("EventsToOrders", "sqs:SendMessage", "queue/events-to-orders", Remainder),
        new("EventsToReadModels", "sqs:SendMessage", "queue/events-to-read-models", Remainder),
        new("HistoryToRecommendations", "dynamodb:DeleteItem", "table/recommendations-v1", "a product whose orders are older than the sales window loses its ranking (DynamoRankings, as for best sellers)"),
        new("LagAndDriftToAlarms", "dynamodb:BatchGetItem", "table/product-search-v1-words", Repair, As: "EventsToReadModels"),
        new("LagAndDriftToAlarms", "dynamodb:BatchGetItem", "table/products-v2", Repair, As: "EventsToReadModels"),
        new("LagAndDriftToAlarms", "dynamodb:DeleteItem", "table/product-search-v1-words", Repair, As: "EventsToReadModels"),
        new("LagAndDriftToAlarms", "dynamodb:GetItem", "table/orders-v1", Repair, As: "EventsToReadModels"),
        new("LagAndDriftToAlarms", "dynamodb:GetItem", "table/products-v2", Repair, As: "EventsToReadModels"),
        new("LagAndDriftToAlarms", "dynamodb:GetItem", "table/reviews-v1", Repair, As: "EventsToReadModels"),
        new("LagAndDriftToAlarms", "dynamodb:GetItem", "table/stream-tips", Repair, As: "EventsToReadModels"),
        new("LagAndDriftToAlarms", "dynamodb:PutItem", "table/product-search-v1-words", Repair, As: "EventsToReadModels"),
        new("LagAndDriftToAlarms", "dynamodb:UpdateItem", "table/orders-v1", Repair, As: "EventsToReadModels"),
        new("LagAndDriftToAlarms", "dynamodb:UpdateItem", "table/product-search-v1", Repair, As: "EventsToReadModels"),
        new("LagAndDriftToAlarms", "dynamodb:UpdateItem", "table/products-v1", Repair, As: "EventsToReadModels"),
        new("LagAndDriftToAlarms", "dynamodb:UpdateItem", "table/products-v2", Repair, As: "EventsToReadModels"),
        new("LagAndDriftToAlarms", "dynamodb:UpdateItem", "table/reviews-v1", Repair, As: "EventsToReadModels"),
        new("Operator", "dynamodb:BatchGetItem", "table/product-search-v1-words", Rebuild, As: "EventsToReadModels"),
        new("Operator", "dynamodb:ConditionCheckItem", "table/product-search-v1", "a rebuild deletes words of products that no longer have them (DynamoPostings)"),
        new("Operator", "dynamodb:DeleteItem", "table/best-sellers-v1", "a rebuild deletes rankings that no order supports any more", As: "HistoryToRecommendations"),
        new("Operator", "dynamodb:DeleteItem", "table/product-search-v1-words", Rebuild, As: "EventsToReadModels"),
        new("Operator", "dynamodb:DeleteItem", "table/recommendations-v1", "a rebuild deletes rankings that no order supports any more (DynamoRankings, as for best sellers)"),
        new("Operator", "dynamodb:GetItem", "table/orders-v1", Rebuild, As: "EventsToReadModels"),
        new("Operator", "dynamodb:GetItem", "table/products-v2", Rebuild, As: "EventsToReadModels"),
        new("Operator", "dynamodb:GetItem", "table/reviews-v1", Rebuild, As: "EventsToReadModels"),
        new("OrdersToTimeouts", "kinesis:PutRecords", "stream/commands", "ends an order that waited for five minutes, which no journey does", As: "EventsToOrders"),
        new("OrdersToTimeouts", "secretsmanager:GetSecretValue", "secret/clickhouse", "reads the log only where a tip has no state of today's shape (StateReader)", As: "EventsToOrders"),
        new("OrdersToTimeouts", "sqs:SendMessage", "queue/orders-to-timeouts", Remainder),
        new("QueryApi", "dynamodb:Query", "table/product-search-v1/index/by-name", ManyMatches),
        new("QueryApi", "dynamodb:Query", "table/product-search-v1/index/by-price", ManyMatches),
    ];
}
