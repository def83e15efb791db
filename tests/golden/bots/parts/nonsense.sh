# Answers every question with the same line, of whose rows one can be done.
while read -r question; do
    echo '{"demarche": 1, "plan": ["nothing_of_the_kind", 4, "coal_ban", "threaten list_bank"], "propose": ["offer nobody"], "answer": true, "accept": true, "why": "Because."}'
done
