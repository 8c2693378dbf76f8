using Amazon.SecretsManager.Model;
using ServerlessCqrs.Aws.Wire;

namespace Amazon.SecretsManager;

public sealed class AmazonSecretsManagerConfig() : WireConfig(s_service)
{
    private static readonly WireService s_service = new(
        ServiceId: "Secrets Manager",
        SigningName: "secretsmanager",
        EndpointPrefix: "secretsmanager",
        ApiVersion: "2017-10-17",
        ToException: error => error.Code switch
        {
            // The names of these two codes differ from their exceptions'.
            "DecryptionFailure" => new DecryptionFailureException(error),
            "InternalServiceError" => new InternalServiceErrorException(error),
            "InvalidParameterException" => new InvalidParameterException(error),
            "InvalidRequestException" => new InvalidRequestException(error),
            "ResourceNotFoundException" => new ResourceNotFoundException(error),
            _ => new AmazonSecretsManagerException(error),
        });
}
