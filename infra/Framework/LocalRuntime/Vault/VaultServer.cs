using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.LocalRuntime.Gateway;
using ServerlessCqrs.LocalRuntime.Resources;

namespace ServerlessCqrs.LocalRuntime.Vault;

/// <summary>
/// Plays <c>GenerateDataKey</c> and <c>Decrypt</c> of KMS and <c>GetSecretValue</c> of Secrets Manager, in AWS's wire
/// format. Programs therefore read keys and secrets with the same code as on AWS.
/// Sources: https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html,
/// https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html,
/// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
/// </summary>
/// <remarks>It wraps keys as <see cref="FileMasterKey"/> does, so the key's file also opens a data folder.</remarks>
public sealed class VaultServer : IAsyncDisposable
{
    /// <summary>The only key.</summary>
    public const string MasterKeyArn = $"arn:aws:kms:{AwsClients.Region}:{Account}:key/master";

    /// <summary>The secret with ClickHouse's password.</summary>
    public const string ClickHouseSecret = "clickhouse";

    /// <summary>The name of the secret that the edge sends to the services.</summary>
    public const string EdgeSecret = "edge";

    private const string Account = "000000000000";

    /// <summary>KMS accepts up to 6 KB of ciphertext, in base64, and 8 KB of context.</summary>
    private const long LargestBody = 32 * 1024;

    private readonly IMasterKey _masterKey;
    private readonly IReadOnlyDictionary<string, string> _secrets;
    private readonly WebApplication _app;

    private VaultServer(IMasterKey masterKey, IReadOnlyDictionary<string, string> secrets, WebApplication app) =>
        (_masterKey, _secrets, _app) = (masterKey, secrets, app);

    public Uri Url => LoopbackServer.UrlOf(_app);

    /// <param name="secrets">The secrets' texts by name.</param>
    public static async Task<VaultServer> StartAsync(int port, IMasterKey masterKey, IReadOnlyDictionary<string, string> secrets, ILoggerFactory logs, CancellationToken ct)
    {
        var vault = new VaultServer(masterKey, secrets, LoopbackServer.Builder(port, LargestBody, logs).Build());
        vault._app.MapPost("/", vault.AnswerAsync);
        await vault._app.StartAsync(ct);
        return vault;
    }

    /// <summary>Returns the ARN of a secret.</summary>
    public static string SecretArn(string name) => $"arn:aws:secretsmanager:{AwsClients.Region}:{Account}:secret:{name}";

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var answer = await AnswerAsync(http.Request, http.RequestAborted);
        http.Response.ContentType = "application/x-amz-json-1.1";
        if (answer.ContainsKey("__type")) http.Response.StatusCode = StatusCodes.Status400BadRequest;
        await http.Response.WriteAsync(answer.ToJsonString(), http.RequestAborted);
    }

    private async Task<JsonObject> AnswerAsync(HttpRequest request, CancellationToken ct)
    {
        try
        {
            var body = await JsonNode.ParseAsync(request.Body, cancellationToken: ct);
            return request.Headers["X-Amz-Target"].ToString() switch
            {
                "TrentService.GenerateDataKey" when IsMasterKey(body) => await GenerateAsync(Person(body!), ct),
                "TrentService.Decrypt" when IsMasterKey(body) => await DecryptAsync(Person(body!), Convert.FromBase64String((string)body!["CiphertextBlob"]!), ct),
                "TrentService.GenerateDataKey" or "TrentService.Decrypt" => Refusal("NotFoundException", $"Key '{body?["KeyId"]}' does not exist"),
                "secretsmanager.GetSecretValue" => GetSecret((string?)body?["SecretId"] ?? ""),
                var other => Refusal("UnknownOperationException", $"{other} is not played here."),
            };
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return Refusal("SerializationException", e.Message);
        }
    }

    private async Task<JsonObject> GenerateAsync(string person, CancellationToken ct)
    {
        var (plain, wrapped) = await _masterKey.CreateAsync(person, ct);
        return new() { ["KeyId"] = MasterKeyArn, ["Plaintext"] = Convert.ToBase64String(plain), ["CiphertextBlob"] = Convert.ToBase64String(wrapped) };
    }

    private async Task<JsonObject> DecryptAsync(string person, byte[] wrapped, CancellationToken ct)
    {
        try
        {
            var plain = await _masterKey.UnwrapAsync(person, wrapped, ct);
            return new() { ["KeyId"] = MasterKeyArn, ["Plaintext"] = Convert.ToBase64String(plain), ["EncryptionAlgorithm"] = "SYMMETRIC_DEFAULT" };
        }
        catch (CryptographicException e)
        {
            return Refusal("InvalidCiphertextException", e.Message);
        }
    }

    private JsonObject GetSecret(string arn) => _secrets.FirstOrDefault(secret => SecretArn(secret.Key) == arn) is { Key: { } name, Value: var text }
        ? new() { ["ARN"] = arn, ["Name"] = name, ["SecretString"] = text }
        : Refusal("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");

    private static bool IsMasterKey(JsonNode? body) => (string?)body?["KeyId"] == MasterKeyArn;

    private static string Person(JsonNode body) => (string?)body["EncryptionContext"]?["person"] ?? "";

    private static JsonObject Refusal(string code, string message) => new() { ["__type"] = code, ["message"] = message };
}
