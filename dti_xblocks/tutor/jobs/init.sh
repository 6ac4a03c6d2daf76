./manage.py lms migrate dti_records

keys={{ DTI_KEYS_FOLDER|dti_quoted }}
if [ -e "$keys/sealing-key.pem" ]; then
    echo "The keys that pledges are sealed with are in $keys already."
elif [ -d "$(dirname "$keys")" ]; then
    ./manage.py lms dti_pledge_keys make "$keys" --name {{ DTI_INSTITUTION|dti_quoted }}
    echo "Restart the servers, so that they use the keys: tutor local restart openedx"
else
    echo "No keys were made: here is no $(dirname "$keys"), which all servers would share."
    echo "Make them with dti_pledge_keys elsewhere, and give them in the setting DTI_PLEDGE_KEYS (docs/operators/pledge-keys.md)."
fi
