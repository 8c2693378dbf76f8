using System.Text.Json.Serialization;
using ServerlessCqrs.Aws.Wire;

namespace Amazon.SimpleEmailV2.Model;

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(Base64StreamConverter), typeof(IdentityTypeConverter)])]
[JsonSerializable(typeof(CreateEmailIdentityRequest))]
[JsonSerializable(typeof(CreateEmailIdentityResponse))]
[JsonSerializable(typeof(SendEmailRequest))]
[JsonSerializable(typeof(SendEmailResponse))]
internal sealed partial class SesJson : JsonSerializerContext;

internal sealed class IdentityTypeConverter() : ConstantConverter<IdentityType>(IdentityType.FindValue);
